"""Reading PDF files; the only package that imports the PDF library."""

from extractors.pdf.document import Pdf

__all__ = ["Pdf"]
