using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

[TestClass]
public sealed class UnreadableImageTests
{
    /// <summary>An exception with its message and stack; far less than a row of the image.</summary>
    private const long MaxAllocatedBytes = 100_000;

    private static readonly ImagePreprocessor Preprocessor = new(new ImagePreprocessing { InputSize = 32 });

    [TestMethod]
    public void ProcessEncoded_Empty_Throws()
        => Assert.AreEqual("'cat.jpg': the file is empty; expected an image. Copy or download the file again.", Refusal([]));

    [TestMethod]
    public void ProcessEncoded_Text_Throws() => Assert.AreEqual(
        "'cat.jpg': the content is not an image in a format that can be read (JPEG, PNG, WebP, BMP, GIF).",
        Refusal(Encoding.UTF8.GetBytes("<html>404 not found</html>")));

    [TestMethod]
    [DataRow(0.3)]
    [DataRow(0.6, DisplayName = "behind the rows that the center crop needs")]
    [DataRow(0.95)]
    [DataRow(0.99, DisplayName = "within the last rows")]
    public void ProcessEncoded_TruncatedJpeg_Throws(double share)
    {
        byte[] jpeg = TestImages.Jpeg(64, 800, TestImages.Noise);

        string message = Refusal(jpeg[..(int)(jpeg.Length * share)]);

        Assert.StartsWith("'cat.jpg': the image ends before its data does;", message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ProcessEncoded_TruncatedPng_Throws()
    {
        byte[] png = TestImages.Png(64, 64, TestImages.Noise);

        string message = Refusal(png[..(png.Length / 2)]);

        Assert.StartsWith("'cat.jpg': the image ends before its data does;", message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ProcessEncoded_DecompressionBomb_IsRefusedByItsHeader()
    {
        byte[] bomb = TestImages.WithClaimedSize(TestImages.Jpeg(16, 16, TestImages.Noise), 60_000, 50_000);
        Refusal(bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Refusal(bomb);

        Assert.IsLessThan(MaxAllocatedBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.StartsWith("'cat.jpg': 60000 × 50000 pixels exceed the limit of 178956970 pixels.", message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ProcessEncoded_MorePixelsThanTheLimit_Throws()
    {
        ImagePreprocessor strict = new(Preprocessor.Preprocessing, new ImageDecodingOptions { MaxPixelCount = 99 });
        float[] destination = new float[strict.PixelCount];
        strict.ProcessEncoded(TestImages.Png(9, 11, TestImages.Noise), "small", view: null, destination);

        Assert.ThrowsExactly<ImageDecodingException>(
            () => strict.ProcessEncoded(TestImages.Png(10, 10, TestImages.Noise), "large", view: null, destination));
    }

    [TestMethod]
    public void MaxPixelCount_NotPositive_Throws()
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ImageDecodingOptions { MaxPixelCount = 0 });

    [TestMethod]
    [DataRow(typeof(ImageDecodingException), true)]
    [DataRow(typeof(FileNotFoundException), true)]
    [DataRow(typeof(DirectoryNotFoundException), true)]
    [DataRow(typeof(IOException), false, DisplayName = "a failing disk or network")]
    [DataRow(typeof(UnauthorizedAccessException), true)]
    [DataRow(typeof(OutOfMemoryException), false)]
    [DataRow(typeof(ArgumentException), false)]
    [DataRow(typeof(ObjectDisposedException), false)]
    public void IsUnreadable_OnlyWhatIsWrongWithTheImage(Type type, bool expected)
    {
        Exception exception = type == typeof(ObjectDisposedException) ? new ObjectDisposedException("x") : (Exception)Activator.CreateInstance(type)!;

        Assert.AreEqual(expected, ImagePreprocessor.IsUnreadable(exception));
    }

    private static string Refusal(byte[] encoded) => Assert.ThrowsExactly<ImageDecodingException>(
        () => Preprocessor.ProcessEncoded(encoded, "cat.jpg", view: null, new float[Preprocessor.PixelCount])).Message;
}
