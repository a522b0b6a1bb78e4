"""What befalls a filing on its way to the public: the drawn PDF becomes a scan, a pasted picture, a cipher.

``plan`` reads the ``damage`` of a content file, ``apply`` does it page by page. ``sheet_of_paper`` and ``scanner``
make the picture of a scan, ``seal`` stamps it, ``ocr_layer`` lays wrong text under it, ``pasted`` puts tables into
digital pages as pictures, ``cipher`` spoils a text layer. The golden answer knows nothing of all this.
"""
