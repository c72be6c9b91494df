using GameDay.Domain.Experiments;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>One abort condition as fields hold it.</summary>
public sealed class AbortForm
{
    public string Probe { get; set; } = "";
    public bool IsAbove { get; set; }
    public string Limit { get; set; } = "";
    public string For { get; set; } = "5s";

    public static AbortForm Of(AbortCondition condition) => new()
    {
        Probe = condition.Probe, IsAbove = condition.Above is not null, Limit = ProbeForm.Number(condition.Below ?? condition.Above), For = DurationText.Write(condition.For),
    };
}
