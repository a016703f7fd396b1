using Microsoft.ML.MobileNetV2.Tool.Features;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Features;

[TestClass]
public sealed class ShardTests
{
    /// <summary>Files on disk were divided like this: the numbers come from another program, and never change.</summary>
    [TestMethod]
    [DataRow("a.jpg", 4, 1)]
    [DataRow("cat/1.png", 4, 3)]
    [DataRow("cat/2.png", 4, 1)]
    [DataRow("dog/1.png", 4, 1)]
    [DataRow("a.jpg", 10, 7)]
    [DataRow("cat/1.png", 10, 5)]
    [DataRow("\u00fc/\u00e9.png", 4, 4, DisplayName = "letters of two bytes")]
    [DataRow("\u00fc/\u00e9.png", 10, 10, DisplayName = "letters of two bytes, ten shards")]
    public void Contains_IsTheSameOnEveryMachine(string path, int count, int expected)
    {
        int[] found = [.. Enumerable.Range(1, count).Where(index => new Shard(index, count).Contains(path))];

        Assert.AreSequenceEqual([expected], found);
    }

    [TestMethod]
    public void Contains_DividesManyPathsAboutEqually()
    {
        string[] paths = [.. Enumerable.Range(0, 4000).Select(i => $"class-{i % 7}/{i}.jpg")];

        int[] counts = [.. Enumerable.Range(1, 4).Select(index => paths.Count(new Shard(index, 4).Contains))];

        Assert.AreEqual(paths.Length, counts.Sum());
        foreach (int count in counts)
        {
            Assert.IsInRange(900, 1100, count);
        }
    }

    [TestMethod]
    [DataRow("1/1")]
    [DataRow("12/12")]
    public void TryParse_Text_IsWhatToStringReturns(string text)
    {
        Assert.IsTrue(Shard.TryParse(text, out Shard shard));
        Assert.AreEqual(text, shard.ToString());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("2")]
    [DataRow("0/4", DisplayName = "the first is 1")]
    [DataRow("5/4")]
    [DataRow("-1/4")]
    [DataRow("1/0")]
    [DataRow("1/2/3")]
    [DataRow(" 1/2")]
    [DataRow("1/99999999999")]
    public void TryParse_Other_IsRefused(string? text) => Assert.IsFalse(Shard.TryParse(text, out _));
}
