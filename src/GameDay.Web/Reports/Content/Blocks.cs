using GameDay.Web.Components.Charts;

namespace GameDay.Web.Reports.Content;

/// <summary>What a piece of text is, not how it looks; each format draws it its own way. Verdicts and chips always carry their word.</summary>
public enum Tone { None, Quiet, Strong, Mono, Chip, Held, NotHeld, Inconclusive, Aborted, Proved, Live, Attention, P0, P1, P2, P3 }

/// <summary>A report on its way to paper: page one, then sections.</summary>
public sealed record ReportContent(string Title, IReadOnlyList<string> Facts, FirstPage First, IReadOnlyList<Section> Sections, string Footer);

/// <param name="Lead">What we wanted to know.</param>
/// <param name="News">What came out, in one sentence.</param>
public sealed record FirstPage(string Lead, string News, IReadOnlyList<Figure> Tally, Points Tried, Points Learned, Points Asks);

public sealed record Figure(string Value, string Word, Tone Tone = Tone.None);

/// <param name="NewPage">Begins a page of paper.</param>
public sealed record Section(string Title, string Meta, IReadOnlyList<Block> Blocks, bool NewPage = false);

public abstract record Block;

public sealed record Paragraph(string Text, Tone Tone = Tone.None) : Block;

/// <param name="Empty">Said instead, when there is none.</param>
public sealed record Points(string Title, IReadOnlyList<Point> Items, string Empty) : Block;

public sealed record Point(string Head, string? Detail = null, Cell? Mark = null);

public sealed record FactList(IReadOnlyList<(string Label, string Value)> Items) : Block;

public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, string Empty) : Block;

/// <param name="Weight">Share of the width.</param>
public sealed record Column(string Title, double Weight, bool IsNumber = false);

/// <param name="Meta">A quieter second line.</param>
/// <param name="Link">Only http and https are followed; anything else stays text.</param>
public sealed record Cell(string Text, Tone Tone = Tone.None, string? Meta = null, string? Link = null)
{
    public Uri? SafeLink => Uri.TryCreate(Link, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") ? uri : null;
}

/// <param name="Reading">What the readings were under the fault, in words.</param>
public sealed record ProbePicture(ProbeSeries Series, string Question, string Reading, Cell State) : Block;

/// <summary>Moments of each run as dots on one axis; never averaged.</summary>
public sealed record MomentPicture(IReadOnlyList<MomentRow> Rows) : Block
{
    public double LongestSeconds => Rows.SelectMany(r => r.Marks.Select(m => m.Seconds).Append(r.FaultSeconds ?? 0)).DefaultIfEmpty(0).Max();
}

public enum MomentKind { Detected, Acknowledged, Mitigated, Reverted, Recovered }

/// <param name="FaultSeconds">How long the fault was in place; null when its end is not known.</param>
public sealed record MomentRow(string Name, double? FaultSeconds, IReadOnlyList<MomentMark> Marks);

public sealed record MomentMark(MomentKind Kind, double Seconds, string Words);
