using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Domain.Safety;
using GameDay.Web.ExerciseFiles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>One plan as a form or as an exercise file; both are judged by the file's reader.</summary>
public sealed partial class PlanEditor
{
    private const int LongestFile = 256 * 1024;
    private static readonly (string, string)[] Types = [.. Enum.GetNames<ExerciseType>().Select(t => (t.ToLowerInvariant(), t))];
    private static readonly (string, string)[] Policies = [.. Policy.All.Select(p => (p.Name, p.Name))];
    private static readonly (string, string)[] Starters = [("person", "a facilitator, who says go"), ("clock", "the clock, unattended")];
    private FormProblems _problems = FormProblems.None;
    private ExerciseForm _form = new();
    private string _text = "";
    private bool _asText;

    [Parameter, EditorRequired] public ExerciseForm Form { get; set; } = null!;
    [Parameter] public bool StartAsText { get; set; }
    [Parameter, EditorRequired] public string SaveLabel { get; set; } = "";
    [Parameter, EditorRequired] public string BackTo { get; set; } = "/";
    /// <summary>Saves the text; returns what is wrong with it, empty when it was taken.</summary>
    [Parameter, EditorRequired] public Func<string, Task<IReadOnlyList<FileProblem>>> Save { get; set; } = null!;
    [Inject] private IReadOnlyList<FaultKind> Kinds { get; set; } = [];
    [Inject] private IClusters Clusters { get; set; } = null!;

    private IReadOnlyList<(string, string)> ClusterOptions => [.. Clusters.All.Select(c => c.Name).Append(_form.Cluster).Distinct(StringComparer.Ordinal).Select(n => (n, n))];

    private string Text => _asText ? _text : FormText.Write(_form, Viewer);

    protected override void OnInitialized()
    {
        _form = Form;
        _asText = StartAsText;
    }

    private void ShowText()
    {
        if (_asText) return;
        _text = Text;
        _asText = true;
        _problems = FormProblems.None;
    }

    /// <summary>Only a file without problems fits into the fields; else it stays as it is, with its problems listed.</summary>
    private void ShowForm()
    {
        if (!_asText) return;
        var read = ExerciseFileReader.Read(_text, Kinds);
        _problems = new FormProblems(_text.Trim().Length == 0 ? [] : read.Problems);
        if (_problems.Any) return;
        if (read.File is { } file) _form = ExerciseForm.Of(file.Plan, Viewer);
        _asText = false;
    }

    private async Task UploadAsync(InputFileChangeEventArgs upload)
    {
        if (upload.File.Size > LongestFile) { Problem = $"{upload.File.Name} has {upload.File.Size / 1024:N0} kB; an exercise file has at most 256 kB."; return; }
        await TryAsync(async () =>
        {
            using var reader = new StreamReader(upload.File.OpenReadStream(LongestFile));
            _text = await reader.ReadToEndAsync();
            _problems = new FormProblems(ExerciseFileReader.Read(_text, Kinds).Problems);
        });
    }

    private Task SaveAsync() => TryAsync(async () => _problems = new FormProblems(await Save(Text)));
}
