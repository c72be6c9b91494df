using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Features.Exercises.Form;
using GameDay.Web.Features.Scenarios;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises;

/// <summary>From a scenario, from scratch, or from the text of an exercise file.</summary>
public sealed partial class NewExercisePage
{
    private ExerciseForm? _form;
    private string? _scenario;

    [SupplyParameterFromQuery] private string? Scenario { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? AsText { get; set; }
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IClusters Clusters { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_form is not null && _scenario == Scenario) return;
        _form = ExerciseForm.Empty(Clusters.All.Select(c => c.Name).FirstOrDefault() ?? "sandbox");
        if (Scenario is null || await TrySend(new GetScenario.Query(Scenario)) is not { Plan: { } plan }) return;
        _scenario = plan.Title;
        _form = ExerciseForm.Of(plan, Viewer);
    }

    private async Task<IReadOnlyList<FileProblem>> SaveAsync(string yaml)
    {
        var answer = await Sender.Send(new CreateExercise.Command(yaml));
        if (answer.Id is { } id) Navigation.NavigateTo($"/exercises/{id}");
        return answer.Problems;
    }
}
