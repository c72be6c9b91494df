namespace GameDay.Web.ExerciseFiles.Yaml;

/// <summary>What a file says, made fit for a message: short, on one line, without characters that steer a terminal.</summary>
internal static class Shown
{
    private const int Longest = 60;

    public static string Short(string text)
    {
        var cut = text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) ? '�' : c));
    }
}
