"""Makes an mbox as mail archives are: headers of 5 KB, newsletters, quoted replies, attachments, and a few invitations.

    python benchmarks/mailbox_maker.py 100 /tmp/mail.mbox        100 MB; the same seed gives the same file

About one mail in a hundred invites to an interview, in Indonesian or in English, in every transfer encoding that occurs; some
are answered by mails of the mailbox's owner further on.
"""

from __future__ import annotations

import base64
import binascii
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

OWNER = "rani.kusuma@surat.example"
JAKARTA = timezone(timedelta(hours=7))
_BEGIN = datetime(2019, 1, 7, 8, 0, tzinfo=JAKARTA)
_WORDS = (
    "promo akhir pekan sepatu tas harga hemat gratis ongkir belanja kupon diskon pesanan barang toko baru untuk semua pelanggan "
    "setia kami kirim hari ini stok terbatas lihat koleksi warna ukuran news update weekly photo garden recipe travel music "
    "books summer winter free delivery your order has shipped basket sale today new arrivals read more about our story unsubscribe"
).split()
_COMPANIES = (
    "Lentera Niaga",
    "Samudra Teknik",
    "Kertas Buana",
    "Cahaya Rasa",
    "Rimba Digital",
    "Bright Harbour",
    "Northwind Tea",
)
_POSITIONS = ("Staf Gudang", "Analis Data", "Kasir", "Desainer Grafis", "Customer Support Agent", "Junior Accountant")
_INVITING = (
    "Yth. Saudari Rani Kusuma,\n\nTerima kasih atas lamaran Anda untuk posisi {position} di PT {company}. Kami mengundang Anda "
    "untuk mengikuti wawancara pada:\n\nHari, tanggal: {day}\nPukul: {hour}.00 WIB\nTempat: Kantor PT {company}, Jalan Melati 12, "
    "Surabaya\n\nMohon konfirmasi kehadiran Anda dengan membalas surel ini.\n\nHormat kami,\nSari Wulandari\nHRD PT {company}\n",
    "Dear Rani,\n\nThank you for applying for the {position} role at {company}. We would like to invite you to an interview on "
    "{date} at {hour}:00 AM WIB via Google Meet: https://meet.google.com/abc-defg-hij\n\nPlease let us know whether the time "
    "works for you.\n\nBest regards,\nAnna Field\nTalent team, {company}\n",
)  # fmt: skip
_MONTHS_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()
_DAYS_ID = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()


@dataclass(frozen=True)
class Made:
    """A mail of the archive; ``invites``: whether it invites."""

    data: bytes
    invites: bool = False


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        # Noise of attachments, cut from one pool: making it anew for each would take longer than scanning it.
        self._noise = base64.encodebytes(self._random.randbytes(6 * 1024 * 1024))
        self._number = 0

    def mails(self) -> Iterator[Made]:
        choose = self._random
        while True:
            self._number += 1
            moment = _BEGIN + timedelta(minutes=17 * self._number)
            lot = choose.random()
            if lot < 0.010:
                yield from self._invitation(moment)
            elif lot < 0.50:
                yield self._newsletter(moment)
            elif lot < 0.70:
                yield self._attachment(moment)
            elif lot < 0.90:
                yield self._letter(moment)
            else:
                yield self._order(moment)

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(_WORDS, k=words))

    def _header(self, moment: datetime, sender: str, subject: str, more: str = "", to: str = OWNER) -> str:
        noise = self._noise[self._random.randrange(4_000_000) :]
        signed = noise[:1900].strip().replace(b"\n", b"\r\n        ").decode("ascii")
        when = moment.strftime("%a, %d %b %Y %H:%M:%S +0700")
        hops = "".join(
            f"Received: from mx{hop}.relay.example (mx{hop}.relay.example [192.0.2.{hop}])\r\n"
            f"        by mail.surat.example with ESMTPS id a{self._number}x{hop}si{hop}7\r\n"
            f"        for <{OWNER}>\r\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n        {when}\r\n"
            for hop in range(1, 6)
        )
        return (
            f"X-GM-THRID: {1_600_000_000 + self._number}\r\nX-Gmail-Labels: Inbox,Opened\r\nDelivered-To: {OWNER}\r\n{hops}"
            f"ARC-Seal: i=1; a=rsa-sha256; t=1600000000; cv=none;\r\n        d=relay.example; s=arc-20160816;\r\n        b={signed}\r\n"
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n        d=mail.example; s=20230601; b={signed[:700].rstrip()}\r\n"
            f"MIME-Version: 1.0\r\nFrom: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {when}\r\n"
            f"Message-ID: <{self._number}.mail@relay.example>\r\n{more}"
        )

    def _quoted_printable(self, text: str) -> str:
        return binascii.b2a_qp(text.encode(), istext=True).decode("ascii").replace("\n", "\r\n")

    def _html(self, blocks: int) -> str:
        rows = []
        for _ in range(blocks):
            link = f"https://click.shop.example/u/{self._random.getrandbits(96):x}?utm_source=mail&amp;utm_campaign=week"
            rows.append(
                '<table width="600" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;max-width:600px">'
                '<tr><td align="center" style="padding:12px 24px 0 24px;font-family:Arial,Helvetica,sans-serif;font-size:14px;'
                f'line-height:21px;color:#333333"><a href="{link}" target="_blank" style="text-decoration:none;color:#0a66c2">'
                f"<b>{self._text(4)}</b></a><br>{self._text(14)}</td></tr></table>\n"
            )
        style = "<style>.a{color:#333;position:relative} @media only screen{.b{width:100%!important}} td{padding:0}</style>"
        return f"<!DOCTYPE html><html><head>{style}</head><body>\n{''.join(rows)}</body></html>\n"

    def _newsletter(self, moment: datetime) -> Made:
        mark = f"=_{self._random.getrandbits(64):x}"
        header = self._header(
            moment, "Toko Riang <kabar@toko.example>", self._text(6),
            f'List-Unsubscribe: <https://toko.example/u>\r\nContent-Type: multipart/alternative; boundary="{mark}"\r\n',
        )  # fmt: skip
        body = (
            f"\r\n--{mark}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            f"{self._quoted_printable(self._text(180))}\r\n--{mark}\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{self._quoted_printable(self._html(self._random.randint(20, 55)))}"
            f"\r\n--{mark}--\r\n"
        )
        return Made((header + body).encode())

    def _attachment(self, moment: datetime) -> Made:
        mark = f"=_{self._random.getrandbits(64):x}"
        begin = self._random.randrange(2_000_000) // 77 * 77
        file = (
            self._noise[begin : begin + self._random.randint(60_000, 700_000) // 77 * 77].decode("ascii").replace("\n", "\r\n")
        )
        kind, name = self._random.choice((("image/jpeg", "foto.jpg"), ("application/pdf", "brosur.pdf")))
        header = self._header(
            moment, "Budi <budi@keluarga.example>", "Foto", f'Content-Type: multipart/mixed; boundary="{mark}"\r\n'
        )
        body = (
            f"\r\n--{mark}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{self._text(40)}\r\n--{mark}\r\n"
            f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n{file}\r\n--{mark}--\r\n'
        )
        return Made((header + body).encode())

    def _letter(self, moment: datetime) -> Made:
        quoted = "".join(f"{'>' * depth} {self._text(12)}\r\n" for depth in (1, 2, 3) for _ in range(25))
        header = self._header(
            moment, "Ayu <ayu@teman.example>", f"Re: {self._text(3)}", "Content-Type: text/plain; charset=utf-8\r\n"
        )
        body = f"\r\n{self._text(120)}\r\n\r\nFrom now on we meet at ten.\r\n\r\nOn Mon, Jan 7, 2019 Rani wrote:\r\n{quoted}"
        return Made((header + body).encode())

    def _order(self, moment: datetime) -> Made:
        """An order with a day and an hour: what looks most like an invitation and is none; some speak of work as well."""
        words = f"Pesanan Anda tiba {moment + timedelta(days=2):%d/%m/%Y} pukul 10.00-12.00. {self._text(60)}"
        if self._random.random() < 0.1:
            words += "\r\nKarier di toko kami: lihat lowongan. Hubungi kami lewat chat.\r\n"
        header = self._header(
            moment, "Toko Riang <pesanan@toko.example>", "Pesanan Anda", "Content-Type: text/plain; charset=utf-8\r\n"
        )
        return Made(f"{header}\r\n{words}\r\n{self._text(200)}\r\n".encode())

    def _invitation(self, moment: datetime) -> Iterator[Made]:
        choose = self._random
        company, position = choose.choice(_COMPANIES), choose.choice(_POSITIONS)
        day = moment + timedelta(days=choose.randint(3, 8))
        text = choose.choice(_INVITING).format(
            company=company, position=position, hour=choose.choice((9, 10, 11)),
            day=f"{_DAYS_ID[day.weekday()]}, {day.day} {_MONTHS_ID[day.month - 1]} {day.year}",
            date=f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
        )  # fmt: skip
        subject = choose.choice((f"Undangan wawancara - {position}", f"Interview invitation: {position}"))
        sender = f"HRD {company} <hrd@{company.lower().replace(' ', '')}.example>"
        data = text.replace("\n", "\r\n")
        lot = choose.randrange(5)
        if lot == 0:
            kind = "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
            data = base64.encodebytes(data.encode()).decode("ascii").replace("\n", "\r\n")
        elif lot == 1:
            kind = "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
            data = self._quoted_printable(data)
        elif lot == 2:
            kind = "text/html; charset=utf-8"
            data = f"<html><body><p>{data.replace(chr(13) + chr(10), '<br>')}</p></body></html>\r\n"
        elif lot == 3:
            kind = "text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64"
            data = base64.encodebytes(text.encode("utf-16")).decode("ascii").replace("\n", "\r\n")
        else:
            kind = "text/plain; charset=utf-8"
        if choose.random() < 0.5:
            subject = f"=?utf-8?b?{base64.b64encode(subject.encode()).decode()}?="
        number = self._number
        yield Made(
            f"{self._header(moment, sender, subject, f'Content-Type: {kind}{chr(13)}{chr(10)}')}\r\n{data}".encode(), True
        )
        if choose.random() < 0.6:
            self._number += 1
            later = self._header(
                moment + timedelta(hours=3), f"Rani Kusuma <{OWNER}>", f"Re: {position}",
                f"In-Reply-To: <{number}.mail@relay.example>\r\nContent-Type: text/plain; charset=utf-8\r\n", to=sender,
            ).replace("Labels: Inbox", "Labels: Sent")  # fmt: skip
            yield Made(
                f"{later}\r\nTerima kasih atas undangannya. Saya bersedia hadir sesuai jadwal.\r\n\r\nRani Kusuma\r\n".encode()
            )


def make_mbox(path: Path, megabytes: int, seed: int = 7) -> list[int]:
    """Write an mbox of so many MB; the offsets at which its invitations begin."""
    places: list[int] = []
    with path.open("wb") as file:
        for made in _Maker(seed).mails():
            if file.tell() >= megabytes * 1_000_000:
                return places
            if made.invites:
                places.append(file.tell())
            file.write(b"From 1600000000@xxx Thu Apr 16 09:53:04 +0000 2015\r\n")
            file.write(made.data.rstrip(b"\r\n"))
            file.write(b"\r\n\r\n")
    return places


if __name__ == "__main__":
    target = Path(sys.argv[2])
    found = make_mbox(target, int(sys.argv[1]))
    target.with_suffix(".json").write_text(json.dumps(found))
    print(f"{target.stat().st_size / 1e6:.0f} MB, {len(found)} invitations")
