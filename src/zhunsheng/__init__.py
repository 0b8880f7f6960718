"""准绳 Zhunsheng: the workbench for law-based administration in a county government."""

__version__ = "0.1.0"
