using System.Text.Json;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class TextListTests
{
    [TestMethod]
    public void Read_WhatWasWritten_GivesTheSame()
    {
        string[] texts = ["", "tench, Tinca tinca", "a\"b\\c", "köln\n東京 👍", "null"];

        Assert.AreSequenceEqual(texts, TextList.Read(TextList.Write(texts)));
    }

    [TestMethod]
    public void Write_IsAsASerializerWrites()
    {
        string[] texts = ["a", "b & c", "<ä>"];

        Assert.AreEqual(JsonSerializer.Serialize(texts), TextList.Write(texts));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("\"a\"")]
    [DataRow("[\"a\"")]
    [DataRow("[null]")]
    [DataRow("[1]")]
    [DataRow("[[\"a\"]]")]
    [DataRow("[\"\\ud800\"]", DisplayName = "half of a character")]
    public void Read_OfAnythingElse_Throws(string json) => Assert.Throws<JsonException>(() => TextList.Read(json));
}
