using GameDay.Data;
using GameDay.Domain.Exercises;
using GameDay.Domain.People;
using GameDay.Web.ExerciseFiles;

namespace GameDay.Web.Features.Exercises;

/// <summary>Keeps what a plan said at each decision about it, so that approvers see what changed since.</summary>
public static class PlanVersions
{
    public const string Submitted = "plan submitted", Approved = "plan approved", SentBack = "plan sent back", Edited = "plan edited";

    public static string Text(ExercisePlan plan) => ExerciseFileWriter.Write(new ExerciseFile(plan));

    public static void Keep(GameDayDbContext db, Exercise exercise, string action, Actor by, string? before = null) =>
        db.Audit.Add(new AuditEntry(by.Name, action, exercise.Id.ToString(), before, Text(exercise.Plan)));
}
