using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("GameDay.UnitTests")]
