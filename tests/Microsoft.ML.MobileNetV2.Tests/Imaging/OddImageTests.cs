using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>Images that break decoders: drawn ones, and the collection of other projects.</summary>
[TestClass]
public sealed unsafe class OddImageTests
{
    private const int CommittedRowCount = 75;
    private const int ReferenceRowCount = 89;

    /// <summary>JPEG's losses: each orientation was compressed on its own, and mirrored chroma samples lie on other pixels.</summary>
    private const double MaxMeanOrientationDifference = 2;

    private static readonly ImagePreprocessing Preprocessing = new() { InputSize = 96 };

    [TestMethod]
    public void ProcessFile_EveryDrawnOddImage_DoesWhatTheTableExpects() => AssertAsExpected(OddImages.Committed(), CommittedRowCount);

    [TestMethod]
    public void ReadLayout_EveryDrawnImageToDecode_HasTheExpectedUprightSize() => AssertUprightSizes(OddImages.Committed());

    [TestMethod]
    [RequiresReferenceData]
    public void Process_EveryOddImage_DoesWhatTheTableExpects()
    {
        OddImages images = OddImages.Reference();

        AssertAsExpected(images, ReferenceRowCount);
        AssertUprightSizes(images);
        AssertEveryExifOrientationGivesTheSameUprightImage();
    }

    private static void AssertEveryExifOrientationGivesTheSameUprightImage()
    {
        foreach (string shape in new[] { "Landscape", "Portrait" })
        {
            PixelPlanes upright = Decode($"exif-orienta_{shape}_1.jpg");
            for (int orientation = 0; orientation <= 8; orientation++)
            {
                PixelPlanes actual = Decode($"exif-orienta_{shape}_{orientation}.jpg");

                Assert.IsLessThan(MaxMeanOrientationDifference, actual.DifferenceFrom(upright).Mean, $"{shape}, orientation {orientation}");
            }
        }
    }

    private static void AssertAsExpected(OddImages images, int rowCount)
    {
        string[] failures = [.. images.Rows.Select(row => Try(images.PathOf(row), row)).Where(failure => failure.Length > 0)];

        Assert.HasCount(rowCount, images.Rows);
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures));
    }

    private static void AssertUprightSizes(OddImages images)
    {
        foreach (IReadOnlyDictionary<string, string> row in images.Rows.Where(row => row["expect"] == "decode"))
        {
            byte[] content = File.ReadAllBytes(images.PathOf(row));
            fixed (byte* encoded = content)
            {
                using ImageDecoder decoder = ImageDecoder.Open(encoded, content.Length, row["file"]);

                (int width, int height) = decoder.ReadLayout(ImageDecodingOptions.Default).UprightSize;

                Assert.AreEqual(row["upright_width"], width.ToString(CultureInfo.InvariantCulture), row["file"]);
                Assert.AreEqual(row["upright_height"], height.ToString(CultureInfo.InvariantCulture), row["file"]);
            }
        }
    }

    private static PixelPlanes Decode(string file) =>
        PixelPlanes.Decode(File.ReadAllBytes(ReferenceData.PathOf("images", "odd", file)), Preprocessing);

    private static string Try(string path, IReadOnlyDictionary<string, string> row)
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] destination = new float[preprocessor.PixelCount];
        try
        {
            preprocessor.ProcessFile(path, view: null, destination);
            bool isFinite = Array.TrueForAll(destination, float.IsFinite);
            return row["expect"] == "refuse" || !isFinite ? $"{row["file"]} ({row["trait"]}) was decoded, finite: {isFinite}" : string.Empty;
        }
        catch (ImageDecodingException e)
        {
            bool namesSource = e.Message.StartsWith($"'{path}': ", StringComparison.Ordinal);
            return row["expect"] == "decode" || !namesSource ? $"{row["file"]} ({row["trait"]}) was refused: {e.Message}" : string.Empty;
        }
    }
}
