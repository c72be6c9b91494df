using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Charts;

/// <summary>One probe against its tolerance. Draws again only when its series changed.</summary>
public sealed partial class ProbeChart
{
    private ProbeSeries? _drawn;
    private ProbeDrawing _drawing = null!;
    private bool _changed = true;

    [Parameter, EditorRequired] public ProbeSeries Series { get; set; } = null!;

    /// <summary>What a person who cannot see the chart needs to know.</summary>
    private string Words => ChartWords.Of(Series);

    protected override void OnParametersSet()
    {
        _changed = !ReferenceEquals(_drawn, Series);
        if (!_changed) return;
        _drawn = Series;
        _drawing = ProbeDrawing.Of(Series);
    }

    protected override bool ShouldRender() => _changed;

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
