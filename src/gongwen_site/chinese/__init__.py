"""What the program knows of written Chinese, apart from any archive: widths, numerals, word segmentation."""
