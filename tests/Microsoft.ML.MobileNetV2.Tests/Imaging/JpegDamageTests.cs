using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>Damage inside of a JPEG is found where the options ask for it, and no sound JPEG is refused.</summary>
[TestClass]
public sealed class JpegDamageTests
{
    private static readonly ImagePreprocessing Preprocessing = new() { InputSize = 32 };

    [TestMethod]
    [DataRow(8, 8)]
    [DataRow(17, 33)]
    [DataRow(320, 240)]
    public void Find_OfSoundFiles_FindsNothing(int width, int height)
    {
        foreach (int quality in new[] { 10, 75, 100 })
        {
            Assert.IsNull(JpegDamage.Find(Encode(width, height, quality)), $"{width} × {height}, quality {quality}");
        }
    }

    [TestMethod]
    [DataRow("plain.jpg")]
    [DataRow("progressive.jpg")]
    [DataRow("gray.jpg")]
    [DataRow("cmyk.jpg")]
    [DataRow("orientation-6.jpg")]
    public void Find_OfSoundFilesOfOtherPrograms_FindsNothing(string name) => Assert.IsNull(JpegDamage.Find(Read(name)));

    [TestMethod]
    [DataRow("plain.jpg")]
    [DataRow("progressive.jpg")]
    public void ProcessEncoded_CutWithAnEndMarkerBehind_RefusesIfAsked(string name)
    {
        byte[] whole = Read(name);
        for (int length = whole.Length * 6 / 10; length < whole.Length - 10; length += 7)
        {
            // A cut between two scans of a progressive JPEG, before or inside of a marker, leaves a whole one of less detail.
            byte[] cut = [.. whole[..length], 0xff, 0xd9];

            Assert.IsTrue(JpegDamage.Find(cut) is not null || whole[length] == 0xff || whole[length - 1] == 0xff, $"{length} bytes");
        }
    }

    [TestMethod]
    public void ProcessEncoded_OfALostSector_RefusesIfAsked()
    {
        byte[] jpeg = Encode(320, 240, 85);
        int refused = 0;
        for (int start = jpeg.Length / 4; start + 512 < jpeg.Length; start += 512)
        {
            byte[] damaged = [.. jpeg];
            Array.Clear(damaged, start, 512);
            refused += JpegDamage.Find(damaged) is null ? 0 : 1;
        }

        Assert.AreEqual(((jpeg.Length * 3 / 4) - 1) / 512, refused, 1);
    }

    [TestMethod]
    public void ProcessEncoded_OfDamage_FollowsTheOption()
    {
        byte[] jpeg = Encode(320, 240, 85);
        byte[] damaged = [.. jpeg[..(jpeg.Length / 2)], 0xff, 0xd9];
        ImagePreprocessor accepting = new(Preprocessing);
        ImagePreprocessor refusing = new(Preprocessing, new ImageDecodingOptions { DamagedData = DamagedDataHandling.Refuse });
        float[] pixels = new float[accepting.PixelCount];

        accepting.ProcessEncoded(damaged, "cat.jpg", view: null, pixels);
        refusing.ProcessEncoded(jpeg, "cat.jpg", view: null, pixels);
        string message = Assert.ThrowsExactly<ImageDecodingException>(() => refusing.ProcessEncoded(damaged, "cat.jpg", view: null, new float[pixels.Length])).Message;

        Assert.StartsWith("'cat.jpg': the JPEG is damaged: ", message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ImageDecodingOptions { DamagedData = (DamagedDataHandling)7 });
    }

    [TestMethod]
    [DataRow(DamagedDataHandling.Accept, true, 1, DisplayName = "accepted: the log is told")]
    [DataRow(DamagedDataHandling.Accept, false, 0, DisplayName = "accepted, and a log that takes no warnings")]
    [DataRow(DamagedDataHandling.Refuse, true, 0, DisplayName = "refused: it is an unreadable image")]
    public void Transform_OfDamage_WarnsWhereItIsAccepted(DamagedDataHandling handling, bool takesWarnings, int warnings)
    {
        byte[] jpeg = Encode(320, 240, 85);
        ImageRow[] rows = [new() { Image = jpeg }, new() { Image = [.. jpeg[..(jpeg.Length / 2)], 0xff, 0xd9] }, new() { Image = jpeg }];
        ListLogger logger = new() { IsEnabledForAll = takesWarnings };
        List<long> unreadable = [];
        MLContext context = new(1);
        IDataView data = context.Data.LoadFromEnumerable(rows);

        using MobileNetV2FeaturizerTransformer model = context.Transforms
            .MobileNetV2(new MobileNetV2FeaturizerOptions
            {
                InputColumnName = "Image",
                Weights = MobileNetV2Weights.BundledSmall,
                InputSize = 32,
                Logger = logger,
                Decoding = new() { DamagedData = handling },
                UnreadableImages = UnreadableImageHandling.ReturnNaN,
                OnUnreadableImage = image => unreadable.Add(image.RowIndex),
            })
            .Fit(data);
        float[][] features = [.. model.Transform(data).GetColumn<float[]>("Features")];

        Assert.HasCount(warnings, logger.Lines);
        Assert.IsTrue(logger.Lines.TrueForAll(line => line.StartsWith(
            "Warning Row 1, column 'Image': the JPEG is damaged, and is taken as the decoder makes it: its data have a wrong code", StringComparison.Ordinal)));
        Assert.AreEqual(handling == DamagedDataHandling.Accept, float.IsFinite(features[1][0]));
        Assert.HasCount(handling == DamagedDataHandling.Accept ? 0 : 1, unreadable);
    }

    [TestMethod]
    [DataRow("plain.jpg")]
    [DataRow("progressive.jpg")]
    public void Find_OfAnyBytesChanged_Ends(string name)
    {
        byte[] whole = Read(name);
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            for (int change = 0; change < 1 + (i % 8); change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            JpegDamage.Find(damaged.AsSpan(0, i % 2 == 0 ? damaged.Length : random.Next(damaged.Length)));
        }
    }

    [TestMethod]
    [RequiresReferenceData]
    public void Find_OfPublicPhotos_FindsNothing()
    {
        string[] damaged = [.. Directory.EnumerateFiles(ReferenceData.PathOf("images"), "*.jp*g", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}odd{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => JpegDamage.Find(File.ReadAllBytes(path)) is not null)];

        Assert.IsEmpty(damaged, string.Join(", ", damaged));
    }

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(TestData.PathOf("OddImages"), name));

    private static byte[] Encode(int width, int height, int quality)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, TestImages.Noise(x, y));
            }
        }

        return bitmap.Encode(SKEncodedImageFormat.Jpeg, quality).ToArray();
    }

    private sealed class ImageRow
    {
        [VectorType]
        public byte[] Image { get; set; } = [];
    }
}
