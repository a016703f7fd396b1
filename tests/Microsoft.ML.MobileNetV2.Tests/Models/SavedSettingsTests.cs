using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>The settings are a format: models that were saved before have these very texts.</summary>
[TestClass]
public sealed class SavedSettingsTests
{
    private const string DefaultText =
        """{"Preprocessing":{"InputSize":224,"Resize":"CenterCrop","CropRatio":0.875,"Interpolation":"Bilinear","Mean":{"Red":0.5,"Green":0.5,"Blue":0.5},"StandardDeviation":{"Red":0.5,"Green":0.5,"Blue":0.5},"Background":{"Red":255,"Green":255,"Blue":255}},"Decoding":{"MaxPixelCount":178956970,"UseScaledDecoding":true},"UnreadableImages":"Throw"}""";

    private const string FullText =
        """{"Preprocessing":{"InputSize":97,"Resize":"Pad","CropRatio":0.5,"Interpolation":"Bicubic","Mean":{"Red":0.485,"Green":0.456,"Blue":0.406},"StandardDeviation":{"Red":1E-07,"Green":0.224,"Blue":1000},"Background":{"Red":0,"Green":127.5,"Blue":255}},"Decoding":{"MaxPixelCount":1,"UseScaledDecoding":false,"DamagedData":"Refuse"},"UnreadableImages":"MissingFeatures","PixelLayout":"Interleaved","PixelRange":"Unit"}""";

    private static readonly SavedSettings Default = new(ImagePreprocessing.TensorFlow, ImageDecodingOptions.Default, UnreadableImageHandling.Throw);

    private static readonly SavedSettings Full = new(
        new()
        {
            InputSize = 97,
            Resize = ImageResizeMode.Pad,
            CropFraction = 0.5f,
            Interpolation = ImageInterpolation.Bicubic,
            Mean = new(0.485f, 0.456f, 0.406f),
            StandardDeviation = new(1e-7f, 0.224f, 1000),
            Background = new(0, 127.5f, 255),
        },
        new() { MaxPixelCount = 1, UseScaledDecoding = false, DamagedData = DamagedDataHandling.Refuse },
        UnreadableImageHandling.ReturnNaN)
    {
        PixelLayout = PixelLayout.Interleaved,
        PixelRange = PixelRange.Unit,
    };

    [TestMethod]
    public void ToJson_GivesTheTextOfTheFormat()
    {
        Assert.AreEqual(DefaultText, Default.ToJson());
        Assert.AreEqual(FullText, Full.ToJson());
    }

    [TestMethod]
    public void FromJson_OfWhatWasWritten_GivesTheSame()
    {
        Assert.AreEqual(Default, SavedSettings.FromJson(DefaultText));
        Assert.AreEqual(Full, SavedSettings.FromJson(FullText));
    }

    [TestMethod]
    public void FromJson_WithoutWhatEarlierVersionsDidNotWrite_TakesTheDefaults() => Assert.AreEqual(
        Default with { Preprocessing = new() { InputSize = 96 } }, SavedSettings.FromJson("""{"Decoding":{},"Preprocessing":{"InputSize":96}}"""));

    [TestMethod]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"Preprocessing\":{}}")]
    [DataRow("{\"Preprocessing\":null,\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":[]}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"Other\":1}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{\"Other\":1}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{\"MaxPixelCount\":1.5}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{\"MaxPixelCount\":\"1\"}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{\"MaxPixelCount\":0}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{\"UseScaledDecoding\":\"true\"}}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"UnreadableImages\":\"ReturnNaN, Throw\"}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"UnreadableImages\":7}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"PixelRange\":\"byte\"}")]
    [DataRow("{\"Preprocessing\":{\"InputSize\":99999999999},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"CropRatio\":1e99},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"Resize\":\"7\"},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"Mean\":0.5},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"Mean\":{\"Red\":0.5,\"Alpha\":1}},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"Background\":{\"Red\":256}},\"Decoding\":{}}")]
    [DataRow("{\"Preprocessing\":{\"Resize\":\"\\ud800\"},\"Decoding\":{}}", DisplayName = "half a character as a value")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"UnreadableImages\":\"\\ud800\"}", DisplayName = "half a character as a value with names of its own")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},\"\\ud800\":1}", DisplayName = "half a character as a name")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{}} {}")]
    [DataRow("{\"Preprocessing\":{},\"Decoding\":{},}")]
    public void FromJson_OfAnyOtherText_Refuses(string json) =>
        Assert.Contains("settings cannot be read", Assert.ThrowsExactly<InvalidDataException>(() => SavedSettings.FromJson(json)).Message);
}
