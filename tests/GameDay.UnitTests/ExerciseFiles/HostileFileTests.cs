using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GameDay.Web.ExerciseFiles;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.ExerciseFiles;

public sealed class HostileFileTests
{
    private static IReadOnlyList<FileProblem> Problems(string text) => ExerciseFileReader.Read(text, TestKinds.All).Problems;

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("~")]
    public void An_empty_file_is_said_to_be_empty(string text) => Problems(text).ShouldHaveSingleItem().What.ShouldBe("the file is empty");

    [Theory]
    [InlineData("- a\n- b\n", "a list")]
    [InlineData("just words\n", "plain text")]
    public void Something_else_than_keys_is_named(string text, string what) => Problems(text).ShouldHaveSingleItem().What.ShouldContain(what);

    [Fact]
    public void Tabs_are_found_on_every_line()
    {
        var problems = Problems("title: x\nexperiments:\n\t- key: a\n\t  title: b\n");
        problems.Select(p => (p.Line, p.Column)).ShouldBe([(3, 1), (4, 1)]);
        problems.ShouldAllBe(p => p.What == "a tab in the indentation" && p.Allowed == "spaces");
    }

    [Theory]
    [InlineData("title: \"no end\nexperiments: []\n")]
    [InlineData("title: x\n  goal: y\n")]
    [InlineData("title: [a, b\n")]
    [InlineData("title: a: b\n")]
    [InlineData("title: @home\n")]
    [InlineData("title: x\n}\n")]
    public void Broken_yaml_is_refused_with_a_line_and_column(string text)
    {
        var problem = Problems(text).ShouldHaveSingleItem();
        problem.What.ShouldStartWith("broken YAML: ");
        problem.Line.ShouldBeGreaterThan(0);
        problem.Column.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Anchors_and_aliases_are_refused_not_followed()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++) bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        var problems = Problems(bomb.ToString());
        problems.ShouldContain(p => p.What == "the anchor &a0 is refused");
        problems.ShouldContain(p => p.What == "the alias *a0 is refused");
        problems.Count.ShouldBeLessThanOrEqualTo(101);
        problems[^1].What.ShouldContain("more problems follow");
    }

    [Fact]
    public void Merge_keys_tags_and_second_documents_are_refused()
    {
        Problems(Sample.Good + "<<: { title: y }\n").ShouldHaveSingleItem().What.ShouldBe("unknown key");
        Problems("goal: !!binary aGk=\n" + Sample.Good.Replace("goal", "channel", StringComparison.Ordinal)).ShouldHaveSingleItem().What.ShouldContain("tag");
        Problems(Sample.Good + "---\ntitle: another\n").ShouldHaveSingleItem().What.ShouldBe("a second document begins here");
        Problems("? [a, b]\n: c\n" + Sample.Good).ShouldContain(p => p.What == "a key must be one word");
    }

    [Fact]
    public void Deep_nesting_ends_at_a_limit() => Problems("title: " + new string('[', 100_000)).ShouldHaveSingleItem().What.ShouldContain("levels deep");

    [Fact]
    public async Task A_file_of_10_MB_is_refused_unread()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "title: " + new string('x', 10_000_000));
        var result = await ExerciseFileReader.ReadFileAsync(path, TestKinds.All, default);
        File.Delete(path);
        result.Problems.ShouldHaveSingleItem().Allowed.ShouldBe("at most 256 kB");
        Problems(new string('x', 10_000_000)).ShouldHaveSingleItem().Allowed.ShouldBe("at most 256 kB");
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_problems_too()
    {
        (await ExerciseFileReader.ReadFileAsync("/nowhere/x.yaml", TestKinds.All, default)).Problems.ShouldHaveSingleItem().What.ShouldBe("there is no such file");
        (await ExerciseFileReader.ReadFileAsync("/tmp", TestKinds.All, default)).Problems.ShouldHaveSingleItem().What.ShouldBe("it is a folder");
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, [0xff, 0xfe, 0x00, 0xd8]);
        (await ExerciseFileReader.ReadFileAsync(path, TestKinds.All, default)).Problems.ShouldHaveSingleItem().What.ShouldBe("it is not text in UTF-8");
        await File.WriteAllTextAsync(path, Sample.Good, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        (await ExerciseFileReader.ReadFileAsync(path, TestKinds.All, default)).IsGood.ShouldBeTrue();
        File.Delete(path);
    }

    [Fact]
    public void Messages_carry_no_control_characters_and_stay_short()
    {
        var problem = Problems("\"\\e[31mred" + new string('x', 5000) + "\": 1\n" + Sample.Good).ShouldHaveSingleItem();
        problem.ToString().ShouldNotContain('\u001b');
        problem.Key.Length.ShouldBeLessThan(100);
    }

    [Fact]
    public void No_spoiled_file_ever_throws() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Gen.Zip(Gen.Choose(0, Sample.Good.Length - 1), Gen.Elements("\t", "&a ", "*a", "{", "]", "\"", ": ", "\n", "- ", "#", "!!x ", "|", "\0", "\ud800")).ToArbitrary(),
        spoil => ExerciseFileReader.Read(Sample.Good.Insert(spoil.Item1, spoil.Item2), TestKinds.All) is { } result && result.IsGood != (result.Problems.Count > 0)));
}
