using GameDay.Domain.Exercises;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Features.Exercises.Form;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Features.Exercises;

public sealed partial class EditExercisePage
{
    private ExercisePlan? _plan;
    private ExerciseForm? _form;

    [Parameter] public Guid Id { get; set; }
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (await TrySend(new GetExercise.Query(Id)) is not { } exercise) return;
        _plan = exercise.Plan;
        _form = ExerciseForm.Of(exercise.Plan, Viewer);
    }

    private async Task<IReadOnlyList<FileProblem>> SaveAsync(string yaml)
    {
        var problems = await Sender.Send(new EditExercise.Command(Id, yaml));
        if (problems.Count == 0) Navigation.NavigateTo($"/exercises/{Id}");
        return problems;
    }
}
