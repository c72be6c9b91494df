using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>Label above, help below; an error takes the help's place.</summary>
public sealed partial class Field
{
    private static int _count;
    private readonly string _id = $"f{Interlocked.Increment(ref _count)}";

    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string Value { get; set; } = "";
    [Parameter] public EventCallback<string> ValueChanged { get; set; }
    [Parameter] public string? Help { get; set; }
    [Parameter] public string? Placeholder { get; set; }
    [Parameter] public string? Error { get; set; }
    [Parameter] public string? List { get; set; }
    [Parameter] public int Lines { get; set; } = 1;
    [Parameter] public string Class { get; set; } = "";
    /// <summary>Value and word of each choice; makes it a select.</summary>
    [Parameter] public IReadOnlyList<(string Value, string Word)>? Options { get; set; }

    private string? Described => Error is not null ? $"{_id}-e" : Help is not null ? $"{_id}-h" : null;

    private Task ChangedAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value?.ToString() ?? "");
}
