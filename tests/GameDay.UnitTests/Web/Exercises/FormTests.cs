using GameDay.UnitTests.Faults;
using GameDay.Web.Components.Parts;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Features.Exercises.Form;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Web.Exercises;

public sealed class FormTests
{
    [Fact]
    public void A_plan_goes_through_the_form_unchanged()
    {
        foreach (var plan in Shipped())
        {
            var text = FormText.Write(ExerciseForm.Of(plan.Plan, Viewer.Utc), Viewer.Utc);
            var read = ExerciseFileReader.Read(text, RegisteredKinds.All);
            read.Problems.ShouldBeEmpty();
            ExerciseFileWriter.Write(read.File!).ShouldBe(ExerciseFileWriter.Write(plan));
        }
    }

    [Fact]
    public void Every_problem_stands_at_its_field()
    {
        var form = ExerciseForm.Of(Shipped()[0].Plan, Viewer.Utc);
        form.Title = "";
        form.Experiments[0].Duration = "soon: yes";
        form.Experiments[0].Probes[0].Min = "99 # or so";
        form.Experiments[0].AbortWhen[0].Limit = "";
        var problems = new FormProblems(ExerciseFileReader.Read(FormText.Write(form, Viewer.Utc), RegisteredKinds.All).Problems);
        problems.At("title").ShouldNotBeNull().ShouldStartWith("Fill this in.");
        problems.At("experiments[0].duration").ShouldNotBeNull().ShouldContain("soon: yes");
        problems.At("experiments[0].probes[0].tolerance.min").ShouldNotBeNull();
        problems.At("experiments[0].abortWhen[0].below").ShouldNotBeNull();
        problems.All.Count.ShouldBe(4);
    }

    [Fact]
    public void A_key_is_made_from_the_title()
    {
        var form = ExerciseForm.Of(Shipped()[0].Plan, Viewer.Utc);
        form.Experiments[0].Key = "";
        form.Experiments[0].Title = "Der Wagen: verliert einen Pod!";
        ExerciseFileReader.Read(FormText.Write(form, Viewer.Utc), RegisteredKinds.All).File!.Plan.Experiments[0].Key.ShouldBe("der-wagen-verliert-einen-pod");
    }

    private static List<ExerciseFile> Shipped()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "GameDay.sln"))) root = root.Parent!;
        return [.. Directory.GetFiles(Path.Combine(root.FullName, "runbooks/exercises"), "*.yaml").Order(StringComparer.Ordinal).Select(f => ExerciseFileReader.Read(File.ReadAllText(f), RegisteredKinds.All).File!)];
    }
}
