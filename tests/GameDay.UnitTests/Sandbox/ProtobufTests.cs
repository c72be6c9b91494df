using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Protobuf;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox;

public sealed class ProtobufTests
{
    /// <summary>What <c>kubectl create namespace x</c> of Kubernetes 1.33 sends.</summary>
    private const string NamespaceX = "6b3873000a0f0a02763112094e616d65737061636512190a110a01781200 1a0022002a00320038004200 12001a020a001a002200";

    [Fact]
    public void A_body_of_kubectl_is_read()
    {
        var item = KubernetesProtobuf.Decode(Bytes(NamespaceX));

        item.Text("kind").ShouldBe("Namespace");
        item.Name().ShouldBe("x");
        item.At("metadata").ShouldBeOfType<JsonObject>().Count.ShouldBe(1);
    }

    [Fact]
    public void Pointers_to_zero_inlined_structs_and_numbers_or_names_keep_their_meaning()
    {
        // A Deployment with spec.replicas = 0 and a template with one volume of type emptyDir.
        var volume = Message(1, Text("data"), 2, Message(2, []));
        var template = Message(2, Message(1, volume));
        var deployment = Message(1, Message(1, Text("web")), 2, Number(1, 0).Concat(Message(3, template)).ToArray());
        var body = Envelope("apps/v1", "Deployment", deployment);

        var item = KubernetesProtobuf.Decode(body);

        item.Number("spec", "replicas").ShouldBe(0);
        var read = item.At("spec", "template").Items("spec", "volumes").ShouldHaveSingleItem();
        read.Text("name").ShouldBe("data");
        read.At("emptyDir").ShouldBeOfType<JsonObject>();
    }

    [Theory]
    [InlineData("6b387300ff")]
    [InlineData("6b3873000a7f")]
    [InlineData("00")]
    [InlineData("6b3873000a0b0a02763112054f74686572")]
    public void Broken_bodies_are_bad_requests(string hex) =>
        Should.Throw<ApiException>(() => KubernetesProtobuf.Decode(Bytes(hex))).Code.ShouldBe(400);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];

    private static byte[] Message(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];

    private static byte[] Message(int field, byte[] content, int other, byte[] more) => [.. Message(field, content), .. Message(other, more)];

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Message(1, Message(1, Text(apiVersion), 2, Text(kind)), 2, raw)];
}
