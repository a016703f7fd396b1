using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;
using static Microsoft.ML.MobileNetV2.Tests.TestUtilities.SafetensorsBytes;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Safetensors;

/// <summary>Files that are damaged or made to harm: each gives its named error, before memory is taken for what it claims.</summary>
[TestClass]
public sealed class SafetensorsAttackTests
{
    /// <summary>A small file has no right to more, whatever it claims.</summary>
    private const long MostBytesAllocated = 1 << 20;

    [TestMethod]
    [DataRow("[0,16]", "[8,24]", 24, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "overlap")]
    [DataRow("[0,16]", "[20,36]", 36, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "hole")]
    [DataRow("[4,20]", "[20,36]", 36, nameof(WeightsFormatError.InvalidOffsets), "'a'", DisplayName = "hole at the start")]
    [DataRow("[0,16]", "[0,16]", 16, nameof(WeightsFormatError.InvalidOffsets), "overlaps", DisplayName = "the same bytes twice")]
    [DataRow("[0,16]", "[16,32]", 33, nameof(WeightsFormatError.InvalidOffsets), "33", DisplayName = "trailing byte")]
    [DataRow("[0,16]", "[16,32]", 31, nameof(WeightsFormatError.Truncated), "31", DisplayName = "one byte short")]
    [DataRow("[0,16]", "[16,32]", 0, nameof(WeightsFormatError.Truncated), "32", DisplayName = "no data")]
    [DataRow("[0,16]", "[32,16]", 32, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "end before begin")]
    [DataRow("[0,16]", "[-16,0]", 16, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "negative offset")]
    [DataRow("[0,16]", "[16]", 32, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "one offset")]
    [DataRow("[0,16]", "[16,32,48]", 32, nameof(WeightsFormatError.InvalidOffsets), "'b'", DisplayName = "three offsets")]
    [DataRow("[0,16]", "[16,9223372036854775807]", 32, nameof(WeightsFormatError.SizeMismatch), "'b'", DisplayName = "end out of range")]
    [DataRow("[0,16]", "[16,99999999999999999999]", 32, nameof(WeightsFormatError.InvalidHeader), "header", DisplayName = "offset beyond int64")]
    public void Read_WrongOffsets_Throws(string first, string second, int dataLength, string expected, string named)
        => AssertRefused(Create($"{{{Entry("a", "[4]", first)},{Entry("b", "[4]", second)}}}", dataLength), Enum.Parse<WeightsFormatError>(expected), named);

    [TestMethod]
    [DataRow("[-4]", nameof(WeightsFormatError.SizeMismatch))]
    [DataRow("[-1,-4]", nameof(WeightsFormatError.SizeMismatch))]
    [DataRow("[2147483647,2147483647,2147483647,2147483647,2147483647]", nameof(WeightsFormatError.SizeMismatch), DisplayName = "product overflows")]
    [DataRow("[65536,65536,65536,65536]", nameof(WeightsFormatError.SizeMismatch), DisplayName = "product is 0 modulo 2^64")]
    [DataRow("[4294967296]", nameof(WeightsFormatError.InvalidHeader), DisplayName = "dimension beyond int32")]
    [DataRow("[4.5]", nameof(WeightsFormatError.InvalidHeader))]
    [DataRow("[\"4\"]", nameof(WeightsFormatError.InvalidHeader))]
    [DataRow("4", nameof(WeightsFormatError.InvalidHeader))]
    [DataRow("[3]", nameof(WeightsFormatError.SizeMismatch))]
    [DataRow("[]", nameof(WeightsFormatError.SizeMismatch), DisplayName = "a scalar has four bytes")]
    [DataRow("[0]", nameof(WeightsFormatError.SizeMismatch))]
    public void Read_WrongShape_Throws(string shape, string expected)
        => AssertRefused(Create($"{{{Entry("a", shape, "[0,16]")}}}", 16), Enum.Parse<WeightsFormatError>(expected), "x.safetensors");

    [TestMethod]
    [DataRow("I32")]
    [DataRow("U8")]
    [DataRow("BOOL")]
    [DataRow("f32")]
    [DataRow("2")]
    [DataRow("F32,F64")]
    [DataRow(" F32")]
    [DataRow("")]
    public void Read_UnknownDataType_NamesTheTensor(string dataType)
        => AssertRefused(
            Create($"{{{Entry("a", "[4]", "[0,16]", dataType)}}}", 16), WeightsFormatError.UnsupportedDataType, $"tensor 'a' has data type '{dataType}'");

    [TestMethod]
    [DataRow("{", DisplayName = "unclosed")]
    [DataRow("{}}", DisplayName = "closed twice")]
    [DataRow("{\"a\":1}", DisplayName = "a number for a tensor")]
    [DataRow("{\"a\":null}", DisplayName = "null for a tensor")]
    [DataRow("{\"a\":{\"shape\":[4],\"data_offsets\":[0,16]}}", DisplayName = "no data type")]
    [DataRow("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,16]}}", DisplayName = "no shape")]
    [DataRow("{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}", DisplayName = "no offsets")]
    [DataRow("{\"__metadata__\":[]}", DisplayName = "metadata that are no object")]
    [DataRow("{\"__metadata__\":{\"a\":1}}", DisplayName = "metadata that are no text")]
    [DataRow(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]},\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        DisplayName = "a name twice")]
    [DataRow("{\"\\ud800\":1}", DisplayName = "half a surrogate pair")]
    public void Read_HeaderThatIsNotAsSpecified_Throws(string header)
        => AssertRefused(Create(header, 16), WeightsFormatError.InvalidHeader, "header");

    [TestMethod]
    public void Read_DeeplyNestedHeader_Throws()
    {
        string nested = new string('[', 100_000) + new string(']', 100_000);

        AssertRefused(Create($"{{\"a\":{nested}}}"), WeightsFormatError.InvalidHeader, "header");
    }

    [TestMethod]
    [DataRow(100_000_001UL, nameof(WeightsFormatError.HeaderTooLarge))]
    [DataRow(ulong.MaxValue, nameof(WeightsFormatError.HeaderTooLarge))]
    [DataRow(1UL << 63, nameof(WeightsFormatError.HeaderTooLarge))]
    [DataRow(100_000_000UL, nameof(WeightsFormatError.Truncated))]
    [DataRow(3UL, nameof(WeightsFormatError.Truncated))]
    public void Read_WrongHeaderLength_Throws(ulong length, string expected)
        => AssertRefused(Create("{}", length, 0), Enum.Parse<WeightsFormatError>(expected), "x.safetensors");

    [TestMethod]
    public void FromStream_TruncatedAnywhere_Throws()
    {
        byte[] file = From(SyntheticNetwork.Create(0.35f).Checkpoint);
        int headerEnd = 8 + BitConverter.ToInt32(file);
        int[] lengths =
        [
            0, 1, 7, 8, 9, 15, 16, 17,
            headerEnd / 2, headerEnd - 1, headerEnd, headerEnd + 1, headerEnd + 4,
            file.Length / 2, file.Length - 4, file.Length - 1,
        ];
        foreach (int length in lengths)
        {
            WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Load(file[..length]), $"{length} bytes");

            Assert.Contains("'x.safetensors'", error.Message);
            WeightsFormatError[] expected = length is > 0 and < 9
                ? [WeightsFormatError.Truncated, WeightsFormatError.UnknownFormat]
                : [WeightsFormatError.Truncated];
            Assert.Contains(error.Error, expected, $"{length} bytes");
        }
    }

    [TestMethod]
    [DataRow("this is a text, not weights, and long enough", DisplayName = "text")]
    [DataRow("\u0089PNG\r\n\u001a\n0123456789", DisplayName = "an image")]
    [DataRow("x", DisplayName = "one byte")]
    public void FromStream_OtherContent_SaysWhichFormatsAreRead(string content)
    {
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Load(System.Text.Encoding.Latin1.GetBytes(content)));

        Assert.AreEqual(WeightsFormatError.UnknownFormat, error.Error);
        Assert.Contains("safetensors", error.Message);
    }

    private static void AssertRefused(byte[] file, WeightsFormatError expected, string named)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Read(file));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.AreEqual(expected, error.Error, error.Message);
        Assert.StartsWith("'x.safetensors': ", error.Message);
        Assert.Contains(named, error.Message);
        Assert.IsLessThan(MostBytesAllocated + 16L * file.Length, allocated);
    }
}
