using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>A small file takes no large memory, and the one who loads a model sets the limits.</summary>
[TestClass]
public sealed class SavedModelLimitTests
{
    private const long Megabyte = 1 << 20;

    [TestMethod]
    [DataRow("claim", 4)]
    [DataRow("zeros", 4)]
    [DataRow("zeros within the limit", 300)]
    [DataRow("nodes", 32)]
    [DataRow("attributes", 32)]
    [DataRow("strings", 32)]
    [DataRow("packed integers", 60)]
    [DataRow("entries", 32)]
    [DataRow("names of folders", 32)]
    [DataRow("texts", 64)]
    [DataRow("chain that never ends", 32)]
    public void Load_OfABomb_RefusesWithinMemory(string kind, int maxMegabytes)
    {
        byte[] bomb = Bomb(kind);
        Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(new MemoryStream(bomb))); // what is compiled or made once

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(new MemoryStream(bomb)));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsLessThan(maxMegabytes * Megabyte, allocated, $"{bomb.Length} bytes");
        Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(bomb), out _));
    }

    [TestMethod]
    public void FromStream_OfAnOnnxBomb_RefusesWithinMemory()
    {
        byte[] bomb = Graph(4_000_000, [0x0a, 0x00]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsExactly<WeightsFormatException>(() => MobileNetV2Weights.FromStream(new MemoryStream(bomb), "nodes.onnx"));

        Assert.IsLessThan(60 * Megabyte, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Load_OfAModelThatRaisesMaxPixelCount_KeepsTheLimitOfTheOptions()
    {
        byte[] raised = SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, "178956970", "999999999");
        raised = SavedZips.Replace(raised, SavedZips.SettingsEntry, "178956970", "999999999");
        ImageSource large = ImageSource.FromBytes(SavedZips.Image());

        using ImageClassifier byDefault = ImageClassifier.Load(new MemoryStream(raised));
        using ImageClassifier lowered = ImageClassifier.Load(new MemoryStream(raised), new() { MaxPixelCount = 100 });

        Assert.IsNotEmpty(byDefault.Predict(large).Scores);
        ImageDecodingException error = Assert.ThrowsExactly<ImageDecodingException>(() => lowered.Predict(large));
        Assert.Contains("exceed the limit of 100 pixels", error.Message);
    }

    [TestMethod]
    public void Load_OfAModelThatLowersMaxPixelCount_KeepsTheLimitOfTheModel()
    {
        byte[] lowered = SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, "178956970", "100      ");
        lowered = SavedZips.Replace(lowered, SavedZips.SettingsEntry, "178956970", "100      ");

        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(lowered));

        Assert.ThrowsExactly<ImageDecodingException>(() => classifier.Predict(ImageSource.FromBytes(SavedZips.Image())));
    }

    [TestMethod]
    public void Load_OfAModelAboveTheLimits_SaysWhichToRaise()
    {
        byte[] zip = SavedZips.Old();

        string input = Refusal(zip, new() { MaxInputSize = 31 });
        string size = Refusal(zip, new() { MaxModelSize = zip.Length });
        string file = Refusal(zip, new() { MaxModelSize = zip.Length - 1 });
        string loader = Assert.ThrowsExactly<InvalidDataException>(
            () => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(zip), out _, new ModelLoadOptions { MaxInputSize = 31 })).Message;

        Assert.Contains("32 × 32 pixels; at most 31 × 31 are allowed. If the model can be trusted, raise MaxInputSize", input);
        Assert.Contains("32 × 32 pixels", loader);
        Assert.Contains($"at most {zip.Length} are allowed. If the model can be trusted, raise MaxModelSize", size);
        Assert.Contains($"it has {zip.Length} bytes or more", file);
    }

    [TestMethod]
    [DataRow(0, 1024, 1L)]
    [DataRow(1L, 0, 1L)]
    [DataRow(1L, 1024, 0)]
    [DataRow(1L << 40, 1024, 1L)]
    public void Load_OfLimitsOutOfRange_Throws(long maxModelSize, int maxInputSize, long maxPixelCount)
    {
        ImageClassifierOptions options = new() { MaxModelSize = maxModelSize, MaxInputSize = maxInputSize, MaxPixelCount = maxPixelCount };

        Assert.ThrowsExactly<ArgumentException>(() => ImageClassifier.Load(new MemoryStream(SavedZips.Old()), options));
    }

    [TestMethod]
    public void Load_WithAHash_LoadsThatFileOnly()
    {
        byte[] zip = SavedZips.Old();
        string hash = Convert.ToHexString(SHA256.HashData(zip));
        string other = new('0', hash.Length);

        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(zip), expectedSha256: hash);
        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(new MemoryStream(zip), expectedSha256: other));

        Assert.HasCount(3, classifier.Classes);
        Assert.Contains($"its SHA-256 is {hash.ToLowerInvariant()}; expected {other}", error.Message);
        Assert.ThrowsExactly<InvalidDataException>(
            () => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(zip), out _, new ModelLoadOptions { ExpectedSha256 = other }));
        Assert.ThrowsExactly<ArgumentException>(() => ImageClassifier.Load(new MemoryStream(zip), expectedSha256: "abc"));
    }

    [TestMethod]
    public void Load_OfAStreamThatCannotSeek_GivesEqualScores()
    {
        using GZipStream stream = new(new MemoryStream(Compress(SavedZips.Old())), CompressionMode.Decompress);

        using ImageClassifier classifier = ImageClassifier.Load(stream);

        Assert.AreEqual(SavedZips.Scores(SavedZips.Old()), string.Join(' ', classifier.Predict(ImageSource.FromBytes(SavedZips.Image())).Scores));
    }

    private static string Refusal(byte[] zip, ImageClassifierOptions options) =>
        Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(new MemoryStream(zip), options)).Message;

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream stream = new();
        using (GZipStream packed = new(stream, CompressionLevel.Fastest))
        {
            packed.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[] Bomb(string kind) => kind switch
    {
        "claim" => Claim(),
        "zeros" => Packed(new byte[600 * Megabyte]),
        "zeros within the limit" => Packed(new byte[200 * Megabyte]),
        "nodes" => Packed(SavedZips.WithLength(Graph(4_000_000, [0x0a, 0x00]))),
        "attributes" => Packed(SavedZips.WithLength(Graph(2_000_000, [0x0a, 0x02, 0x2a, 0x00]))),
        "strings" => Packed(SavedZips.WithLength(Graph(2_000_000, [0x0a, 0x02, 0x0a, 0x00]))),
        "packed integers" => Packed(SavedZips.WithLength(Graph(1, [0x2a, .. Varint(20_000_006), 0x3a, .. Varint(20_000_000), .. new byte[20_000_000]]))),
        "entries" => SavedZips.Create(Enumerable.Range(0, 30_000).Select(index => ($"TransformerChain/{index}", Array.Empty<byte>()))),
        "names of folders" => WithParts(6, index => new string('/', 60_000) + index, []),
        "texts" => WithParts(4, index => $"Part_{index}/Model.key", KeyBytes.Create("Unheard-of", [], [.. Enumerable.Range(0, 80_000).Select(index => index.ToString("x5", CultureInfo.InvariantCulture))])),
        _ => SavedZips.Edit(SavedZips.Old(), "TransformerChain/Model.key", content =>
        {
            BitConverter.TryWriteBytes(content.AsSpan(0x100), int.MaxValue);
            return content;
        }),
    };

    /// <summary>Returns a saved model with further entries inside of one of its transformers.</summary>
    private static byte[] WithParts(int count, Func<int, string> name, byte[] content) =>
        SavedZips.Create([.. SavedZips.Entries(SavedZips.Old()), .. Enumerable.Range(0, count).Select(index => ($"TransformerChain/Transform_000/Transform_002/{name(index)}", content))]);

    /// <summary>Returns a saved model whose network's entry says that it is 2 GB long.</summary>
    private static byte[] Claim()
    {
        byte[] zip = SavedZips.Create([.. SavedZips.Entries(SavedZips.Old())]);
        byte[] name = System.Text.Encoding.ASCII.GetBytes(SavedZips.NetworkEntry);
        int header = zip.AsSpan().LastIndexOf(name) - 46; // in the directory at the end
        BitConverter.TryWriteBytes(zip.AsSpan(header + 24), int.MaxValue - 60);
        return zip;
    }

    private static byte[] Packed(byte[] network) => SavedZips.Create(
        SavedZips.Entries(SavedZips.Old()).Select(entry => (entry.Name, entry.Name == SavedZips.NetworkEntry ? [.. network, .. "mobilenetv2."u8] : entry.Content)),
        CompressionLevel.Optimal);

    /// <summary>Returns an ONNX model whose graph is one field, many times.</summary>
    private static byte[] Graph(int count, byte[] field)
    {
        byte[] graph = new byte[count * field.Length];
        for (int i = 0; i < graph.Length; i++)
        {
            graph[i] = field[i % field.Length];
        }

        return [0x08, 0x07, 0x3a, .. Varint(graph.Length), .. graph];
    }

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            bytes.Add((byte)(rest > 127 ? rest | 128 : rest));
            if (rest <= 127)
            {
                return [.. bytes];
            }
        }
    }
}
