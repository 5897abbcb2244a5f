"""Dumps of invented action plans: rows, and what a dump of a printed table makes of them.

The irregularity of a dump is a level: 0 is a regular dump, 1 is about as irregular as real ones are, 2 has
twice as many blank lines inside cells, cells without a blank line between them, and lines moved elsewhere.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

MAY_NOT_BEGIN = set("、。，．・：；！？」』）)】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%～")
MAY_NOT_END = set("「『（(【〔")


@dataclass(frozen=True)
class Unit:
    """A department with its divisions."""

    name: str
    divisions: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """One row as the table means it."""

    section: int
    title: str
    number: int
    is_new: bool
    is_repeat: bool
    name: str
    summary: tuple[str, ...]
    target: tuple[str, ...]
    department: str
    divisions: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """How a table is printed: widths of its columns in em, its column titles, its introduction."""

    name: int = 8
    summary: int = 20
    target: int = 20
    division: int = 5
    wraps_departments: bool = False
    breaks_words: bool = False
    titles: tuple[str, ...] = (
        "整理", "番号", "", "新", "規", "", "施策（事業）名称 取組概要 指標・目標", "部局等名", "担当課",
    )  # fmt: skip


@dataclass
class Dump:
    """The lines of a dump, the rows that are in it, and each row's first and last line."""

    lines: list[str] = field(default_factory=list)
    rows: list[Truth] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, em: int, *, breaks_words: bool = False) -> list[str]:
    """`text` on lines of `em` characters, broken by the rules of Japanese typesetting."""
    atoms = re.findall(r".", text) if breaks_words else re.findall(r"[!-~]+|.", text)
    lines, line = [], ""
    for at, atom in enumerate(atoms):
        if line and width(line + atom) > 2 * em:
            if atom[0] in MAY_NOT_BEGIN or (line[-1] in MAY_NOT_END and len(line) > 1):
                # Push the last character down with it.
                carried = 1
                while carried < len(line) - 1 and (
                    line[-carried] in MAY_NOT_BEGIN or line[-carried - 1] in MAY_NOT_END
                ):
                    carried += 1
                if atom[0] not in MAY_NOT_BEGIN:
                    carried = 1
                lines.append(line[:-carried])
                line = line[-carried:] + atom
                continue
            lines.append(line)
            line = ""
        if not line and at and atom == " ":
            continue
        line += atom
        while width(line) > 2 * em:
            keep = len(line)
            while width(line[:keep]) > 2 * em:
                keep -= 1
            lines.append(line[:keep])
            line = line[keep:]
    return [*lines, line] if line else lines


PLACES = ("市民会館", "中央図書館", "学校給食センター", "道の駅", "市営住宅", "防災行政無線", "公民館", "子育てひろば",
          "市立病院", "上下水道施設", "保育園", "観光案内所", "消防署", "埋蔵文化財", "農業用ため池", "議会")  # fmt: skip
THINGS = ("予約管理システム", "窓口キャッシュレス決済", "電子申請サービス", "オンライン相談", "AIチャットボット", "公開型GIS",
          "タブレット端末", "Wi-Fi環境", "データ連携基盤", "RPA", "ペーパーレス会議", "遠隔監視", "電子契約", "ドローン測量",
          "eラーニング", "ホームページ", "LINE公式アカウント", "デジタルアーカイブ", "見守りセンサー", "ＩＣＴ教育")  # fmt: skip
ACTIONS = ("導入事業", "整備事業", "運用事業", "推進事業", "更新", "構築事業", "拡充", "実証事業", "活用支援", "の充実",
           "管理運営", "モデル事業", "高度化事業")  # fmt: skip
AIMS = ("市民の利便性の向上を図る。", "業務の効率化と職員の負担軽減を図る。", "災害時における迅速な情報伝達を行う。",
        "施設の利用状況を見える化し、適正な管理に役立てる。", "窓口の混雑を緩和し、来庁しなくても手続ができる環境を整える。",
        "子育て世帯が必要な情報をいつでも入手できるようにする。", "地域の魅力を国内外に発信する。",
        "関係機関と情報を共有し、切れ目のない支援を行う。")  # fmt: skip
MEANS = ("スマートフォンから", "インターネットを通じて", "クラウドサービスを利用し、", "民間事業者と連携し、", "「まちかどナビ」を活用し、",
         "国の交付金（デジタル基盤整備費）を活用し、", "5G等の新しい通信技術を用いて、", "Microsoft Teams等を使い、",
         "住民基本台帳ネットワークシステム（住基ネット）と接続し、")  # fmt: skip
FIGURES = ("件", "回", "人", "施設", "％", "台", "団体", "PV", "世帯")


def _name(rng: random.Random) -> str:
    name = rng.choice(PLACES) + rng.choice(THINGS) + rng.choice(ACTIONS)
    kind = rng.random()
    if kind < 0.12:
        return f"{name}（{rng.choice(PLACES)}{rng.choice(('利用促進', '情報発信', '連携'))}事業）"
    if kind < 0.2:
        return (
            f"{rng.choice(THINGS)}（{rng.choice(('仮称', 'ＧＩＳ', 'すまいるネット'))}）{rng.choice(ACTIONS)}"
        )
    if kind < 0.35:
        return rng.choice(PLACES)[:4] + rng.choice(("事業", "システム更新", "電子化"))
    return name


def _summary(rng: random.Random) -> tuple[str, ...]:
    sentences = [
        rng.choice(MEANS) + rng.choice(PLACES) + "に" + rng.choice(THINGS) + "を"
        + rng.choice(("整備し、", "導入し、", "段階的に拡大し、", "試行的に取り入れ、")) + rng.choice(AIMS)
        for _ in range(rng.choice((1, 1, 2, 2, 3)))
    ]  # fmt: skip
    if len(sentences) > 1 and rng.random() < 0.15:
        return ("　" + sentences[0], "　また、" + "".join(sentences[1:]))
    return ("　" + "".join(sentences),)


def _figure(rng: random.Random) -> str:
    number = rng.choice(
        (
            f"{rng.randint(1, 99)}",
            f"{rng.randint(1, 60)},{rng.randint(0, 999):03d}",
            f"{rng.randint(1, 99)}.{rng.randint(0, 9)}",
        )
    )
    if rng.random() < 0.4:
        number = unicodedata.normalize("NFKC", number).translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        )
    return number + rng.choice(FIGURES)


def _target(rng: random.Random) -> tuple[str, ...]:
    kind = rng.random()
    thing = rng.choice(THINGS)
    if kind < 0.45:
        text = f"　{rng.choice(PLACES)}における{thing}の利用を年間{_figure(rng)}とし、{rng.choice(AIMS)}"
        return (text, f"　{rng.choice(MEANS)}{rng.choice(AIMS)}") if rng.random() < 0.15 else (text,)
    if kind < 0.62:
        return (f"{thing}の利用{rng.choice(('件数', '者数', '率'))}：{_figure(rng)}",)
    if kind < 0.68:
        return (rng.choice(("目標値なし", "継続実施", "検討中")),)
    bullet = rng.choice(("・", "○", "〇", "(n)", "①"))
    items = [
        f"{rng.choice(PLACES)}への{rng.choice(THINGS)}の{rng.choice(('配置', '設置', '周知'))}　{_figure(rng)}"
        for _ in range(rng.randint(2, 4))
    ]
    marks = [
        f"({at})" if bullet == "(n)" else "①②③④"[at - 1] if bullet == "①" else bullet for at in range(1, 5)
    ]
    listed = tuple(mark + item for mark, item in zip(marks, items, strict=False))
    if kind < 0.8:
        return listed
    if kind < 0.88:
        return (f"令和{rng.randint(2, 6)}年度実施予定事業", *listed)
    return (
        f"　{rng.choice(AIMS)}",
        f"令和{rng.randint(2, 6)}年{rng.randint(1, 12)}月末現在",
        f"利用者　{_figure(rng)}",
    )


UNITS = (
    Unit("市長公室", ("秘書広報課", "デジタル戦略課", "危機管理室")),
    Unit("企画財政局", ("財政課", "政策推進課", "資産マネジメント課")),
    Unit("市民生活部", ("市民課", "環境衛生課（斎場管理事務所）", "男女共同参画室", "くらし安全課")),
    Unit("環境センター", ("施設管理係", "リサイクル推進係")),
    Unit("福祉保健部", ("障がい福祉課", "こども家庭支援課", "地域包括ケア推進室", "保健センター")),
    Unit("産業振興部", ("農政課", "商工労政課", "観光交流課", "企業立地推進室")),
    Unit("都市建設部", ("土木管理課", "都市計画課", "住宅営繕課", "下水道課")),
    Unit(
        "教育委員会事務局", ("学校教育課", "生涯学習課", "中央図書館", "総務課学校施設室", "学校給食センター")
    ),
    Unit("消防本部", ("警防課", "通信指令課", "予防課")),
    Unit("議会事務局", ("議事調査課",)),
    Unit("会計課", ("出納係",)),
)
TITLES = (
    "便利で身近な行政サービス",
    "安全・安心な暮らし",
    "にぎわいと活力のある産業",
    "学びとICT人材の育成",
    "スマート自治体",
    "データの利活用",
)


def rows_of(seed: int, count: int = 72, sections: int = 4) -> list[Truth]:
    """An invented action plan of `count` rows."""
    rng = random.Random(seed)  # noqa: S311  an invented plan is no secret
    cuts = sorted(rng.sample(range(5, count - 5), sections - 1))
    while any(after - before < 4 for before, after in zip(cuts, cuts[1:], strict=False)):
        cuts = sorted(rng.sample(range(5, count - 5), sections - 1))
    rows: list[Truth] = []
    for at in range(count):
        section = 1 + sum(cut <= at for cut in cuts)
        number = at + 1 - ([0, *cuts][section - 1])
        unit = rng.choice(UNITS)
        divisions = (rng.choice(unit.divisions),)
        if len(unit.divisions) > 1 and rng.random() < 0.06:
            divisions = tuple(rng.sample(unit.divisions, 2))
        row = Truth(section, TITLES[section - 1], number, rng.random() < 0.2, False, _name(rng), _summary(rng), _target(rng), unit.name, divisions)  # fmt: skip
        if rows and rng.random() < 0.04:
            of = rng.choice(rows)
            row = Truth(section, TITLES[section - 1], number, False, True, of.name, of.summary, of.target, of.department, of.divisions)  # fmt: skip
        rows.append(row)
    return rows


class Printer:
    """Prints rows as a dump of some irregularity gives them."""

    def __init__(self, rows: Sequence[Truth], level: float, seed: int, shape: Shape) -> None:
        self.rows, self.level, self.shape = rows, level, shape
        self.rng = random.Random(seed * 31 + 7)  # noqa: S311
        self.dump = Dump()
        self.page = 1

    def chance(self, at_level_one: float) -> bool:
        return self.rng.random() < at_level_one * self.level

    def print(self) -> Dump:
        """The whole table with its headings, column titles, page numbers and introduction."""
        moved: list[list[str]] = []
        intro_at = self.rng.randrange(len(self.rows)) if self.chance(0.5) else 0
        section = 0
        if self.level and self.rng.random() < 0.5:
            self.dump.lines += [" " + self.shape.titles[-2], self.shape.titles[-1], ""]
        for at, row in enumerate(self.rows):
            if at == intro_at:
                self.dump.lines += INTRODUCTION
            begins = row.section != section
            if begins:
                section = row.section
                heading = [f"{row.section}　{row.title}", ""]
                if self.chance(0.45):
                    moved.append(heading)
                else:
                    self.dump.lines += heading
            if begins or self.rng.random() < 0.07:
                self._turn_page(first=begins)
            self._print_row(row)
            if moved and (self.rng.random() < 0.4 or at + 1 == len(self.rows)):
                self.dump.lines += moved.pop(0)
        return self.dump

    def _turn_page(self, *, first: bool) -> None:
        self.page += 1
        if self.chance(0.3):
            self.dump.lines += [str(self.page), "", "", ""]
        if first or self.rng.random() < 0.5:
            titles = list(self.shape.titles)
            titles[0] = " " + titles[0] if self.chance(0.2) else titles[0]
            self.dump.lines += [*titles, ""]

    def _print_row(self, row: Truth) -> None:
        lines = self.dump.lines
        first = len(lines) + 1
        name = self._cell(row.name, self.shape.name, 0.03)
        number = f"{row.number} 〇" if row.is_new else f"{row.number}"
        together = len(name) == 1 and self.level > 0 and not row.is_repeat
        lines.append((" " if self.chance(0.05) else "") + (f"{number} {name.pop()}" if together else number))
        if not together and self.chance(0.15):
            lines.append("")
        if row.is_repeat:
            lines.append("（再掲）")
        lines += name
        self._gap(0.3 if together else 0.02)
        for paragraph in row.summary:
            text = " " + paragraph[1:] if self.chance(0.01) else paragraph
            lines += self._cell(text, self.shape.summary, 0.01)
        self._gap(0.01)
        target = [line for paragraph in row.target for line in self._cell(paragraph, self.shape.target, 0.01)]
        if len(row.target) > 1 and self.chance(0.03):
            at = self.rng.randrange(1, len(target))
            target.insert(at, "")
        lines += target
        self._gap(0.5 if len(target) == 1 else 0.02)
        self._print_responsible(row)
        self.dump.rows.append(row)
        self.dump.spans.append((first, len(lines)))
        if not self.chance(0.06):
            lines.append("")

    def _gap(self, missing: float) -> None:
        if not self.chance(missing):
            self.dump.lines.append("")
            if self.chance(0.008):
                self.page += 1
                self.dump.lines += [str(self.page), ""]
            elif self.chance(0.008):
                self.dump.lines += [*self.shape.titles, ""]

    def _cell(self, text: str, em: int, blank: float) -> list[str]:
        lines = wrap(text, em, breaks_words=self.shape.breaks_words)
        if len(lines) > 1 and self.chance(blank):
            lines.insert(self.rng.randrange(1, len(lines)), "")
        return lines

    def _print_responsible(self, row: Truth) -> None:
        wrapped = (
            wrap(row.department, self.shape.division) if self.shape.wraps_departments else [row.department]
        )
        self.dump.lines += wrapped
        for division in row.divisions:
            unit, _, office = division.partition("（")
            lines = wrap(unit, self.shape.division)
            lines += wrap("（" + office, self.shape.division) if office else []
            if len(lines) > 1 and self.chance(0.12):
                lines.insert(len(lines) - 1, "")
            self.dump.lines += lines


INTRODUCTION = [
    "みどり野市デジタル推進アクションプラン",
    "",
    "　このアクションプランは、「みどり野市デジタル推進計画」に基づき、各部局が実施する取組を年度ごとに",
    "取りまとめたものです。指標の達成状況を毎年確認し、取組の見直しに反映します。",
    "【取組の方向】",
    "",
    "「便利で身近な行政サービス」",
    "",
    "～いつでもどこでも手続ができるまちへ～",
    "",
]


def dump_of(seed: int, level: float, shape: Shape | None = None, count: int = 72, sections: int = 4) -> Dump:
    """The dump of an invented plan."""
    return Printer(rows_of(seed, count, sections), level, seed, shape or Shape()).print()


SHAPES: tuple[Shape, ...] = (
    Shape(),
    Shape(name=10, summary=24, target=16, division=6),
    Shape(name=7, summary=18, target=22, division=8, breaks_words=True),
    Shape(name=9, summary=21, target=21, division=5, wraps_departments=True),
    Shape(
        name=12,
        summary=26,
        target=18,
        division=7,
        titles=("No.", "新規", "", "事業名 事業の内容 数値目標", "担当部署", "担当課"),
    ),
)

__all__ = ["SHAPES", "Dump", "Shape", "Truth", "dump_of"]
