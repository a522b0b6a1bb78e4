"""Why a PDF could not be read.

ExtractionError
├── NotAPdf          the bytes are something else
├── EmptyFile        no bytes at all
├── DamagedPdf       truncated or broken beyond what the reader can mend
├── EncryptedPdf     a password is needed
└── NoPages          opens, but holds no page

Every message says what to do; the caller names the file.
"""


class ExtractionError(Exception):
    """A file from which nothing can be read; its text is one line for people."""

    message = "the file could not be read"

    def __init__(self) -> None:
        super().__init__(self.message)


class NotAPdf(ExtractionError):
    """The bytes are something else."""

    message = "not a PDF (no %PDF mark at its beginning): save it as PDF or take it out of the folder"


class EmptyFile(ExtractionError):
    """No bytes at all."""

    message = "the file is empty (0 bytes): fetch it again"


class DamagedPdf(ExtractionError):
    """Broken beyond what the reader can mend."""

    message = "the PDF is damaged or cut off and cannot be opened: fetch it again"


class EncryptedPdf(ExtractionError):
    """A password is needed."""

    message = "the PDF is encrypted and asks for a password: save a copy without one"


class NoPages(ExtractionError):
    """Opens, but holds no page."""

    message = "the PDF has no pages: fetch it again"
