namespace GameDay.Domain.Findings;

/// <summary>Severity × likelihood gives the priority (practice §5). Ordinals are looked up, never multiplied.</summary>
public static class PriorityMatrix
{
    //                                       has happened  this year    rare         exotic
    private static readonly Priority[][] Table =
    [
        /* data loss or safety */ [Priority.P0, Priority.P0, Priority.P1, Priority.P2],
        /* customer impact     */ [Priority.P0, Priority.P1, Priority.P2, Priority.P3],
        /* degraded            */ [Priority.P1, Priority.P2, Priority.P3, Priority.P3],
        /* nuisance            */ [Priority.P2, Priority.P3, Priority.P3, Priority.P3],
    ];

    public static Priority Of(Severity severity, Likelihood likelihood) => Table[(int)severity - 1][(int)likelihood - 1];
}
