using GameDay.Domain.Safety;
using Microsoft.AspNetCore.Components;

namespace GameDay.Web.Components.Parts;

/// <summary>What was asked, what was answered, what was read.</summary>
public sealed partial class EvidenceList
{
    [Parameter, EditorRequired] public IReadOnlyList<Row> Rows { get; set; } = [];

    /// <param name="Tone">"" neutral, <c>attn</c> a person has to look, <c>proved</c> only for what was read back.</param>
    public sealed record Row(string Asked, string Answer, string? Read, string Icon = "check", string Tone = "")
    {
        /// <summary>How long ago it was read.</summary>
        public string? Age { get; init; }

        /// <summary>Whether it stands against a go: a warning does not.</summary>
        public bool Blocks { get; init; } = Tone == "attn";

        public static Row Of(GuardAnswer answer, DateTimeOffset now) => Of(answer) with { Age = Ages.Words(now - answer.At) };

        private static Row Of(GuardAnswer answer) => answer.Passed switch
        {
            true when answer.Warns => new(answer.Guard, "Look", answer.Evidence, "eye", "attn") { Blocks = false },
            true => new(answer.Guard, "Yes", answer.Evidence),
            false => new(answer.Guard, "No", answer.Evidence, "alert", "attn"),
            null => new(answer.Guard, "No answer", answer.Evidence, "alert", "attn"),
        };
    }
}
