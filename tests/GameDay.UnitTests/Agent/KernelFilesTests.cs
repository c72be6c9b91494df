using GameDay.Agent.Network;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Agent;

public sealed class KernelFilesTests
{
    [Theory]
    [InlineData("6.1.0-18-amd64\n", 6, 1)]
    [InlineData("5.12.19", 5, 12)]
    [InlineData("4.18.0-513.el8.x86_64", 4, 18)]
    public void A_release_is_read_by_its_first_two_numbers(string text, int major, int minor) =>
        KernelFiles.Release(text).ShouldBe(new Version(major, minor));

    [Fact]
    public void A_release_that_is_none_is_not_known() => KernelFiles.Release("linux").ShouldBeNull();

    [Fact]
    public void Ports_somebody_listens_on_are_read_and_connections_are_not()
    {
        const string Table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:3A99 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1337        0 1 1 0 100 0 0 10 0
               1: 0100007F:3AA0 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1337        0 2 1 0 100 0 0 10 0
            """;

        KernelFiles.ListeningPorts(Table).ShouldBe([15001]);
    }

    [Fact]
    public void Tables_are_read_from_text_where_the_tools_json_breaks_off() =>
        NftJson.TableNamesOfText("table inet gameday_ab12cd34 # progname gameday-agent\n\tflags owner\ntable ip nat\ntable inet other\n").ShouldBe(["gameday_ab12cd34", "other"]);
}
