"""Practice model: the framework a reading is made under (stages, threads, signs), as content.

Content files are TOML, bilingual and versioned (`content/`). The code over them is pure Python: it
knows roles (vulnerability, harm, movement away) and never the id of a stage, a thread or a sign.
"""
