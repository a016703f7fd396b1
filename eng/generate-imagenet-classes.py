#!/usr/bin/env python3
"""Writes the names of ImageNet's classes into assets/imagenet_classes.tsv, whose first column, the WordNet ids in the order of outputs, it keeps.

A name is the first lemma of the id's synset in WordNet 3.0. Where two synsets have the same one, the first lemma of what each is a kind of (its
hypernym) follows in brackets. Debian's package wordnet-base has the data:

    apt-get install wordnet-base
    python3 eng/generate-imagenet-classes.py /usr/share/wordnet
"""
import collections
import pathlib
import sys

CLASSES = pathlib.Path(__file__).parent.parent / "assets" / "imagenet_classes.tsv"
HYPERNYM = "@"


class Synset:
    """A line of data.noun, as wndb(5WN) describes it: offset, file, type, lemmas, pointers."""

    def __init__(self, line):
        fields = line.split(" ")
        lemma_count = int(fields[3], 16)
        self.first_lemma = fields[4].replace("_", " ")
        pointers = fields[5 + 2 * lemma_count:]
        self.hypernyms = [pointers[i + 1] for i in range(0, len(pointers) - 1, 4) if pointers[i] == HYPERNYM]


def main(folder):
    lines = (pathlib.Path(folder) / "data.noun").read_text(encoding="ascii").splitlines()
    synsets = {line[:8]: Synset(line) for line in lines if line[0] != " "}
    ids = [line.split("\t")[0] for line in CLASSES.read_text(encoding="ascii").splitlines()]
    counts = collections.Counter(synsets[id[1:]].first_lemma for id in ids)

    def name(id):
        synset = synsets[id[1:]]
        lemma = synset.first_lemma
        return lemma if counts[lemma] == 1 else f"{lemma} ({synsets[synset.hypernyms[0]].first_lemma})"

    names = [name(id) for id in ids]
    assert len(set(names)) == len(names), "names repeat"
    CLASSES.write_text("".join(f"{id}\t{name}\n" for id, name in zip(ids, names)), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1])
