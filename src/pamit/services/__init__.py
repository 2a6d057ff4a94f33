"""What a person can do: the joints between reading, planning, writing and checking. No input, no output, no clock."""
