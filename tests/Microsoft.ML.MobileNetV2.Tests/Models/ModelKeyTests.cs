using System.Buffers.Binary;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>Descriptions of transformers come from strangers: what cannot be read is no description, and what is read says no less than ML.NET would do.</summary>
[TestClass]
public sealed class ModelKeyTests
{
    private const long MaxBytes = 4 << 20;

    private static byte[] Honest => KeyBytes.Create("CopyTransform", [1, 0, 1], "Copy", "Image");

    [TestMethod]
    public void TryRead_OfWhatMLNetWrote_ReturnsLoaderTextsAndNumbers()
    {
        byte[] saved = SavedZips.Entries(SavedZips.Old()).Single(entry => entry.Name == "TransformerChain/Transform_000/Transform_000/Model.key").Content;

        ModelKey? key = TryRead(saved);

        Assert.IsNotNull(key);
        Assert.AreEqual("CopyTransform", key.Loader);
        Assert.AreSequenceEqual(["MobileNetV2.Image", "Image"], key.Texts);
        Assert.AreSequenceEqual([1, 0, 1], key.Numbers);
        Assert.AreSequenceEqual(["Copy", "Image"], TryRead(Honest)!.Texts);
    }

    [TestMethod]
    public void TryRead_CutAnywhere_ReturnsNothing()
    {
        int end = Honest.Length - "LEDOM\0LM".Length;

        for (int length = 0; length < end; length++)
        {
            Assert.IsNull(TryRead(Honest[..length]), $"{length} bytes");
        }
    }

    [TestMethod]
    [DataRow(0, DisplayName = "signature")]
    [DataRow(3, DisplayName = "signature, behind its zero")]
    public void TryRead_OfAnotherSignature_ReturnsNothing(int position)
    {
        byte[] key = Honest;
        key[position]++;

        Assert.IsNull(TryRead(key));
    }

    [TestMethod]
    [DataRow(KeyBytes.ContentOffset)]
    [DataRow(KeyBytes.EndsOffset)]
    [DataRow(KeyBytes.TextsOffset)]
    public void TryRead_OfSectionsAnywhere_TakesLittleMemory(int section)
    {
        int whole = Honest.Length;
        long[] values = [long.MinValue, -1, 0, 1, 0xff, 0x100, 0x101, whole - 1, whole, whole + 1, 1 << 20, (1 << 20) + 1, int.MaxValue, uint.MaxValue, long.MaxValue - 7, long.MaxValue];
        foreach (long start in values)
        {
            foreach (long length in values)
            {
                byte[] key = Honest;
                KeyBytes.SetSection(key, section, start, length);

                long before = GC.GetAllocatedBytesForCurrentThread();
                ModelKey? read = TryRead(key);

                Assert.IsLessThan(MaxBytes, GC.GetAllocatedBytesForCurrentThread() - before, $"{start}, {length}");
                Assert.IsTrue(read is null || read.Texts.Sum(text => text.Length) <= whole, $"{start}, {length}");
            }
        }
    }

    [TestMethod]
    public void TryRead_OfSectionsThatPointToEachOther_ReturnsNothing()
    {
        byte[] key = Honest;
        KeyBytes.SetSection(key, KeyBytes.EndsOffset, KeyBytes.ContentOffset, 16);
        Assert.IsNull(TryRead(key), "ends in the header");

        key = Honest;
        KeyBytes.SetSection(key, KeyBytes.TextsOffset, BinaryPrimitives.ReadInt64LittleEndian(key.AsSpan(KeyBytes.EndsOffset)), 16);
        Assert.IsNull(TryRead(key), "texts in their ends");

        key = Honest;
        KeyBytes.SetSection(key, KeyBytes.EndsOffset, BinaryPrimitives.ReadInt64LittleEndian(key.AsSpan(KeyBytes.ContentOffset)), 16);
        Assert.IsNull(TryRead(key), "ends in the content");
    }

    [TestMethod]
    [DataRow(-1L, DisplayName = "before the first text")]
    [DataRow(long.MinValue)]
    [DataRow(long.MaxValue)]
    [DataRow(1000L, DisplayName = "behind the texts")]
    public void TryRead_OfATextThatEndsElsewhere_ReturnsNothing(long end)
    {
        byte[] key = Honest;
        BinaryPrimitives.WriteInt64LittleEndian(key.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(key.AsSpan(KeyBytes.EndsOffset))), end);

        Assert.IsNull(TryRead(key));
    }

    [TestMethod]
    public void TryRead_OfTextsThatAreNoText_ReadsThemAsSomething()
    {
        byte[] key = Honest;
        int ends = (int)BinaryPrimitives.ReadInt64LittleEndian(key.AsSpan(KeyBytes.EndsOffset));
        key[ends]--; // half a character
        Assert.HasCount(2, TryRead(key)!.Texts);

        Assert.AreSequenceEqual(["\ufffd", string.Empty, "Image"], TryRead(KeyBytes.Create("CopyTransform", [], "\ud800", string.Empty, "Image"))!.Texts);
    }

    [TestMethod]
    [DataRow("ConcatTransform")]
    [DataRow("CopyTransform")]
    [DataRow("Normalizer")]
    [DataRow("KeyToValueTransform")]
    [DataRow("CustomTransformer")]
    [DataRow("MulticlassPredXfer")]
    [DataRow("Unheard-of")]
    public void Create_OfNumbersThatFitNoTexts_MayWriteEveryTextInTheDescription(string loader)
    {
        int[][] damaged = [[], [-1], [int.MinValue], [int.MaxValue], [1], [1, 99, 0], [1, -1, 0], [1, int.MaxValue, int.MinValue], [2, 0, 1], [2, 0, int.MaxValue, 1]];
        foreach (int[] numbers in damaged)
        {
            ModelStep step = Describe(loader, numbers, "Other", "Score");

            Assert.IsTrue(step.MayWrite("Score"), string.Join(' ', numbers));
        }
    }

    [TestMethod]
    public void Create_OfAConcatenationOfMoreColumnsThanNumbersAreRead_MayWriteWhatComesBehind()
    {
        int[] inputs = [.. Enumerable.Range(0, 600).SelectMany(_ => new[] { 0, 0 })];

        ModelStep step = Describe("ConcatTransform", [2, 0, 600, .. inputs, 1, 1, 0, 0], "Other", "Score");

        Assert.IsTrue(step.MayWrite("Score"));
    }

    [TestMethod]
    public void Create_OfAConcatenation_WritesItsOutputsAlone()
    {
        ModelStep step = Describe("ConcatTransform", [2, 0, 2, 1, 0, 2, 0, 3, 1, 1, 0], "All", "A", "B", "Copy");

        Assert.AreSequenceEqual(["All", "Copy"], step.Columns.Order(StringComparer.Ordinal));
    }

    private static ModelStep Describe(string loader, int[] numbers, params string[] texts) =>
        ModelStep.Create(TryRead(KeyBytes.Create(loader, numbers, texts)), loader, []);

    private static ModelKey? TryRead(byte[] key)
    {
        using MemoryStream stream = new(key);
        return ModelKey.TryRead(stream);
    }
}
