"""The formal letter as a file: PDF (tagged, PDF/A-2b) and DOCX, in Indonesian and English layouts.

Needs the optional packages of ``pamit[letters]``; they are imported when a letter is laid out.
"""

from pamit.formats.letter.docx import letter_docx
from pamit.formats.letter.pdf import letter_pdf

__all__ = ["letter_docx", "letter_pdf"]
