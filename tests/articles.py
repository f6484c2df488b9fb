"""The five articles that the record starts from: their sources, and the data set with these sources alone."""

from dataclasses import replace

from policytrack.dataset import Dataset

ARTICLES = frozenset(
    {
        "cnet-amazon-pause-2020",
        "geekwire-copy-2020",
        "mint-amazon-extends-2021",
        "npr-amazon-halts-2020",
        "search-fragments-rekognition",
    }
)


def of_the_articles(dataset: Dataset) -> Dataset:
    """Return ``dataset`` without the sources whose copies are not among the five."""
    return replace(dataset, sources={name: dataset.sources[name] for name in sorted(ARTICLES)})
