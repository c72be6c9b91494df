using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

[assembly: InternalsVisibleTo("GameDay.UnitTests")]
[assembly: SupportedOSPlatform("linux")]
