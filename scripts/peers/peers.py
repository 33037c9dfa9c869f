#!/usr/bin/env python3
"""Ranks as Curio's peers do, and writes where every choice stood: popularity, item-kNN, EASE, implicit ALS and SASRec.

    python3 -m venv .venv && .venv/bin/pip install -r scripts/peers/requirements.txt
    .venv/bin/python scripts/peers/peers.py --catalog C.csv --interactions I.csv --neighbours N.csv --choices OUT.csv

The files are those of `curio evaluate`, and so is the protocol: each profile of --interactions is fresh and arrives in
order of time. Before each rating of 4 or more, all items that it has not rated yet are ranked; the place of the chosen
one counts from 0, ties at half. The peers learn from --neighbours alone, and see of the profile what came before.

EASE (Steck 2019), ridge 200. ALS (Hu, Koren and Volinsky 2008), 64 factors, with fold-in. SASRec (Kang and McAuley
2018) as RecTools has it; what it does not know stands below what it knows, by popularity, as does everything before the
first interaction that it can use. Its settings were chosen on folds of neighbours that no reported figure comes from.
"""

import argparse
import csv
import warnings

import numpy as np
import pandas as pd
import scipy.linalg
import scipy.sparse

LIKE = 4.0
# Chosen by trials on two folds of MovieLens neighbours, 222 profiles to learn from and 111 others to rank for (every
# fourth of 7,526 choices, one seed). NDCG@10 and HR@50 after the best of the epochs that were looked at:
#   last 100 steps of each log, gBCE, batches of 64, five trials of 30 to 90 epochs     0.0245  0.1764
#   windows of 50, all ratings, 2 blocks, batches of 64, lr 0.001, 12 epochs            0.0262  0.1631
#   windows of 50, all ratings, 2 blocks, batches of 16, lr 0.002, 12 of 20 epochs      0.0409  0.1987
#   windows of 30, likes alone, 1 block, batches of 16, lr 0.002, 16 of 40 epochs       0.0374  0.1583
#   windows of 20, all ratings, 1 block, batches of 16, lr 0.002, 8 epochs              0.0482  0.1961
#   windows of 10, all ratings, 1 block, batches of 32, lr 0.002, 10 epochs             0.0553  0.2428
# The last still rose, from 0.0441 after 5 epochs; more epochs and shorter windows were not tried. On the same choices:
# popularity 0.0251 0.1711, item-kNN 0.0413 0.2434, EASE 0.0474 0.2747, implicit ALS 0.0497 0.2588.
SASREC = {"n_factors": 64, "n_blocks": 1, "n_heads": 1, "dropout_rate": 0.3, "lr": 2e-3, "session_max_len": 10,
          "batch_size": 32, "loss": "softmax", "epochs": 10}


def ratings(path, index):
    """Rows in order of user and time; items by their place in the catalogue."""
    rows = pd.read_csv(path)
    rows = rows.sort_values(["userId", "timestamp"], kind="stable")
    rows["row"] = rows.movieId.map(index)
    return rows.dropna(subset=["row"]).astype({"row": int}).drop_duplicates(["userId", "row"])


class Popularity:
    name = "popularity"

    def __init__(self, neighbours, size):
        self.count = np.bincount(neighbours.row, minlength=size).astype(float)

    def scores(self, history):
        return self.count


class Together:
    """Sums a row of an item-item matrix for everything liked."""

    def __init__(self, name, matrix):
        self.name, self.matrix = name, matrix

    def scores(self, history):
        return self.matrix[[row for row, rating in history if rating >= LIKE]].sum(0)


def co_occurrence(liked):
    return (liked.T @ liked).toarray().astype(np.float64)


def item_knn(liked, shrink=10.0):
    together = co_occurrence(liked)
    norm = np.sqrt(np.diag(together))
    cosine = together / (np.outer(norm, norm) + shrink)
    np.fill_diagonal(cosine, 0)
    return Together("item-kNN", cosine.astype(np.float32))


def ease(liked, ridge=200.0):
    together = co_occurrence(liked)
    known = np.flatnonzero(np.diag(together) > 0)
    gram = together[np.ix_(known, known)] + ridge * np.eye(len(known))
    inverse = scipy.linalg.inv(gram, overwrite_a=True, check_finite=False)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    matrix = np.zeros(together.shape, np.float32)
    matrix[np.ix_(known, known)] = weights
    return Together("EASE", matrix)


class Als:
    name = "implicit ALS"

    def __init__(self, liked, seed, factors=64, alpha=10.0, regularization=0.05):
        from implicit.als import AlternatingLeastSquares

        model = AlternatingLeastSquares(factors=factors, alpha=alpha, regularization=regularization, iterations=20,
                                        random_state=seed)
        model.fit(liked, show_progress=False)
        self.items, self.alpha = model.item_factors.astype(np.float64), alpha
        self.all = self.items.T @ self.items + regularization * np.eye(factors)

    def scores(self, history):
        liked = self.items[[row for row, rating in history if rating >= LIKE]]
        user = np.linalg.solve(self.all + self.alpha * liked.T @ liked, (1 + self.alpha) * liked.sum(0))
        return self.items @ user


def windows(ratings, length):
    """Every log cut, from its end, into overlapping runs of `length` steps that each pass for a user of their own:
    window, row and order of every interaction. RecTools alone would learn from the last run of a log and no more."""
    pieces = []
    for _, log in ratings.groupby("userId"):
        rows = log.row.tolist()
        for end in range(len(rows), 1, -max(1, length // 2)):
            pieces.append(rows[max(0, end - length - 1):end])
            if end <= length + 1:
                break
    return zip(*((at, row, order) for at, piece in enumerate(pieces) for order, row in enumerate(piece)))


class SasRec:
    """SASRec over everything rated or, with `likes`, over what was liked."""

    name = "SASRec"

    def __init__(self, neighbours, size, seed, likes=False, **settings):
        import pytorch_lightning
        import torch
        from rectools.models import SASRecModel
        from rectools.models.nn.item_net import IdEmbeddingsItemNet

        pytorch_lightning.seed_everything(seed, verbose=False)
        torch.set_num_threads(2)
        self.likes, self.count = likes, np.bincount(neighbours.row, minlength=size).astype(float)
        used = neighbours[neighbours.rating >= LIKE] if likes else neighbours
        self.known = set(used.row)
        settings = {**SASREC, **settings}
        self.model = SASRecModel(item_net_block_types=(IdEmbeddingsItemNet,), deterministic=True, **settings)
        self.model.fit(self.dataset(*windows(used, settings["session_max_len"])))

    @staticmethod
    def dataset(users, rows, order):
        from rectools.dataset import Dataset

        time = pd.Timestamp("2000-01-01") + pd.to_timedelta(np.asarray(order), unit="s")
        frame = {"user_id": np.asarray(users), "item_id": np.asarray(rows), "weight": 1.0, "datetime": time}
        return Dataset.construct(pd.DataFrame(frame))

    def all_scores(self, histories, batch=256):
        """The scores of every history, in order; nothing where the model knows nothing of it."""
        usable = {}
        for at, history in enumerate(histories):
            rows = [row for row, rating in history if row in self.known and (not self.likes or rating >= LIKE)]
            if rows:
                usable[at] = rows
        below = self.count / (1 + self.count.max()) - 1e6
        for start in range(0, len(histories), batch):
            ats = [at for at in range(start, min(start + batch, len(histories))) if at in usable]
            found = {}
            if ats:
                pairs = [(at, row, n) for at in ats for n, row in enumerate(usable[at])]
                dataset = self.dataset(*zip(*pairs))
                told = self.model.recommend(np.array(ats), dataset, k=len(self.known), filter_viewed=False,
                                            add_rank_col=False, on_unsupported_targets="ignore")
                for at, frame in told.groupby("user_id"):
                    found[at] = below.copy()
                    found[at][frame.item_id.to_numpy()] = frame.score.to_numpy()
            for at in range(start, min(start + batch, len(histories))):
                yield found.get(at, self.count)


def choices(interactions, limit):
    """Every choice: user, history length, row, and what came before."""
    for user, log in interactions.groupby("userId"):
        log = list(zip(log.row.tolist(), log.rating.tolist()))[:limit]
        for history, (row, rating) in enumerate(log):
            if rating >= LIKE:
                yield user, history, row, log[:history]


def place(scores, row, seen):
    """How many open items stand above, equal ones at half."""
    open_ = np.ones(len(scores), bool)
    open_[seen] = False
    mark = scores[row]
    above = np.count_nonzero(open_ & (scores > mark))
    return above + (np.count_nonzero(open_ & (scores == mark)) - 1) // 2


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("catalog", "interactions", "neighbours", "choices"):
        parser.add_argument(f"--{name}", required=True, metavar="CSV")
    parser.add_argument("--limit", type=int, default=400, help="how much of each log is replayed")
    parser.add_argument("--seed", type=int, default=0, help="of ALS and SASRec")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")

    items = pd.read_csv(args.catalog, usecols=["movieId"]).movieId
    index = {item: row for row, item in enumerate(items)}
    neighbours, interactions = ratings(args.neighbours, index), ratings(args.interactions, index)
    likes = neighbours[neighbours.rating >= LIKE]
    users = {user: at for at, user in enumerate(sorted(neighbours.userId.unique()))}
    ones = np.ones(len(likes), np.float32)
    liked = scipy.sparse.csr_matrix((ones, (likes.userId.map(users), likes.row)), shape=(len(users), len(items)))

    told = list(choices(interactions, args.limit))
    with open(args.choices, "w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, lineterminator="\n")
        out.writerow(["ranker", "user", "history", "item", "place"])
        plain = [Popularity(neighbours, len(items)), item_knn(liked), ease(liked), Als(liked, args.seed)]
        for ranker in plain:
            for user, history, row, before in told:
                at = place(ranker.scores(before), row, [seen for seen, _ in before])
                out.writerow([ranker.name, user, history, items[row], at])
        model = SasRec(neighbours, len(items), args.seed)
        scores = model.all_scores([before for _, _, _, before in told])
        for (user, history, row, before), scored in zip(told, scores):
            at = place(scored, row, [seen for seen, _ in before])
            out.writerow([model.name, user, history, items[row], at])


if __name__ == "__main__":
    main()
