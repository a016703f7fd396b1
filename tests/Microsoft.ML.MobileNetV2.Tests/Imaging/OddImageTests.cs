using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>The collection of images that break decoders.</summary>
[TestClass]
[RequiresReferenceData]
public sealed unsafe class OddImageTests
{
    private const int ExpectedRowCount = 89;

    /// <summary>JPEG's losses: each orientation was compressed on its own, and mirrored chroma samples lie on other pixels.</summary>
    private const double MaxMeanOrientationDifference = 2;

    private static readonly ImagePreprocessing Preprocessing = new() { InputSize = 96 };

    [TestMethod]
    public void ProcessFile_EveryOddImage_DoesWhatTheTableExpects()
    {
        IReadOnlyDictionary<string, string>[] rows = [.. ReferenceData.ReadTable("images", "odd.tsv")];

        string[] failures = [.. rows.Select(Try).Where(failure => failure.Length > 0)];

        Assert.HasCount(ExpectedRowCount, rows);
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures));
    }

    [TestMethod]
    public void ReadLayout_EveryImageToDecode_HasTheExpectedUprightSize()
    {
        foreach (IReadOnlyDictionary<string, string> row in ReferenceData.ReadTable("images", "odd.tsv").Where(row => row["expect"] == "decode"))
        {
            fixed (byte* encoded = File.ReadAllBytes(PathOf(row)))
            {
                using ImageDecoder decoder = ImageDecoder.Open(encoded, checked((int)new FileInfo(PathOf(row)).Length), row["file"]);

                (int width, int height) = decoder.ReadLayout(ImageDecodingOptions.Default).UprightSize;

                Assert.AreEqual(row["upright_width"], width.ToString(CultureInfo.InvariantCulture), row["file"]);
                Assert.AreEqual(row["upright_height"], height.ToString(CultureInfo.InvariantCulture), row["file"]);
            }
        }
    }

    [TestMethod]
    [DataRow("Landscape")]
    [DataRow("Portrait")]
    public void ProcessFile_EveryExifOrientation_GivesTheSameUprightImage(string shape)
    {
        PixelPlanes upright = Decode($"exif-orienta_{shape}_1.jpg");
        for (int orientation = 0; orientation <= 8; orientation++)
        {
            PixelPlanes actual = Decode($"exif-orienta_{shape}_{orientation}.jpg");

            Assert.IsLessThan(MaxMeanOrientationDifference, actual.DifferenceFrom(upright).Mean, $"orientation {orientation}");
        }
    }

    private static string PathOf(IReadOnlyDictionary<string, string> row) => ReferenceData.PathOf("images", "odd", row["file"]);

    private static PixelPlanes Decode(string file) =>
        PixelPlanes.Decode(File.ReadAllBytes(ReferenceData.PathOf("images", "odd", file)), Preprocessing);

    private static string Try(IReadOnlyDictionary<string, string> row)
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] destination = new float[preprocessor.PixelCount];
        try
        {
            preprocessor.ProcessFile(PathOf(row), view: null, destination);
            bool isFinite = Array.TrueForAll(destination, float.IsFinite);
            return row["expect"] == "refuse" || !isFinite ? $"{row["file"]} ({row["trait"]}) was decoded, finite: {isFinite}" : string.Empty;
        }
        catch (ImageDecodingException e)
        {
            bool namesSource = e.Message.StartsWith($"'{PathOf(row)}': ", StringComparison.Ordinal);
            return row["expect"] == "decode" || !namesSource ? $"{row["file"]} ({row["trait"]}) was refused: {e.Message}" : string.Empty;
        }
    }
}
