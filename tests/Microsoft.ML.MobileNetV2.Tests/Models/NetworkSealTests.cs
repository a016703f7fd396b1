using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

[TestClass]
public sealed class NetworkSealTests
{
    [TestMethod]
    public void Append_WritesWhatTheWriterOfProtocolBuffersWrites()
    {
        byte[] model = new ModelProto { Graph = new GraphProto { Name = "graph" } }.ToByteArray();
        ModelProto seal = new();
        seal.MetadataProps.Add(new StringStringEntryProto { Key = NetworkSeal.Key, Value = Convert.ToHexStringLower(SHA256.HashData(model)) });

        byte[] whole = NetworkSeal.Append(model);

        Assert.AreSequenceEqual([.. model, .. seal.ToByteArray()], whole);
    }
}
