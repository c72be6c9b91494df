using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

[assembly: InternalsVisibleTo("GameDay.UnitTests")]
[assembly: InternalsVisibleTo("GameDay.IntegrationTests")]
[assembly: SupportedOSPlatform("linux")]
