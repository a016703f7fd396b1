using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Explanation;

/// <summary>What speaks for a class: the numbers, and the image that shows them.</summary>
[TestClass]
public sealed class ImageExplanationTests
{
    /// <summary>The map adds 1280 products for each position in float32, the network adds the positions first.</summary>
    private const float SummationError = 1e-4f;

    private static readonly Lazy<ImageClassifier> ImageNet = new(() => ImageClassifier.ForImageNet());

    [ClassCleanup]
    public static void DisposeClassifier() => ImageNet.Value.Dispose();

    [TestMethod]
    [DataRow(null)]
    [DataRow("tabby")]
    public void Values_HaveTheLogitWithoutItsBiasAsTheirMean(string? label)
    {
        using MobileNetV2Engine engine = new(new() { Output = MobileNetV2Output.ClassLogits, InputSize = 224 });
        float[] bias = MobileNetV2Weights.Bundled.GetClassifier().Bias;
        for (int index = 0; index < 4; index++)
        {
            ImageSource image = TrainedModels.Source(index);

            ImageExplanation explanation = ImageNet.Value.Explain(image, label);

            int output = ImageNet.Value.Classes.ToList().IndexOf(explanation.Label);
            Assert.AreEqual(label ?? ImageNet.Value.Predict(image).Best.Label, explanation.Label);
            Assert.HasCount(7 * 7, explanation.Values.ToArray());
            Assert.AreEqual(engine.Run(image)[output], explanation.Logit, SummationError);
            Assert.AreEqual(engine.Run(image)[output] - bias[output], explanation.Values.ToArray().Average(), SummationError);
            Assert.AreEqual(bias[output], explanation.Bias, SummationError);
        }
    }

    [TestMethod]
    public void Explain_OfATrainedModel_AgreesWithItsPredictions()
    {
        MLContext context = new(1);
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Head!.Layers = [new() { Units = 16 }, new()];
        using MobileNetV2PredictionTransformer model = TrainedModels.TrainMulticlass(context, options);
        using ImageClassifier classifier = context.Model.CreateImageClassifier(model);

        foreach (ClassScore score in classifier.Predict(TrainedModels.Source(1)).Scores)
        {
            ImageExplanation explanation = classifier.Explain(TrainedModels.Source(1), score.Label);

            Assert.AreEqual(score.Score, explanation.Score, 1e-5f);
            Assert.AreEqual((2, 2), (explanation.Height, explanation.Width));
            Assert.AreEqual(explanation.Logit - explanation.Values.ToArray().Average(), explanation.Bias, 1e-5f);
        }
    }

    [TestMethod]
    public void Explain_TakesEveryFormOfAnImage()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = TrainedModels.Draw(2);
        string path = folder.Write("image.png", encoded);
        using MLImage decoded = MLImage.CreateFromStream(new MemoryStream(encoded));
        ReadOnlyMemory<float> expected = ImageNet.Value.Explain(path).Values;
        byte[] overlay = ImageNet.Value.Explain(path).DrawOverlay();

        foreach (ImageSource source in new[] { ImageSource.FromBytes(encoded), ImageSource.FromStream(new MemoryStream(encoded)), ImageSource.FromImage(decoded) })
        {
            ImageExplanation explanation = ImageNet.Value.Explain(source);

            Assert.AreSequenceEqual(expected.ToArray(), explanation.Values.ToArray());
            Assert.AreSequenceEqual(overlay, explanation.DrawOverlay());
        }
    }

    [TestMethod]
    public void Explain_WithAnotherRuntime_GivesTheSame()
    {
        using ImageClassifier managed = ImageClassifier.ForImageNet(new() { InputSize = 96 });
        using ImageClassifier other = ImageClassifier.ForImageNet(new() { InputSize = 96, Runtime = InferenceRuntime.OnnxRuntime() });

        ImageExplanation explanation = other.Explain(TrainedModels.Source(1), "tabby");

        foreach ((float expected, float actual) in managed.Explain(TrainedModels.Source(1), "tabby").Values.ToArray().Zip(explanation.Values.ToArray()))
        {
            Assert.AreEqual(expected, actual, 1e-3f);
        }
    }

    [TestMethod]
    public void Explain_OfSomethingThatCannotBeExplained_SaysWhy()
    {
        Assert.StartsWith("The model has no class 'unicorn'", Assert.ThrowsExactly<ArgumentException>(() => ImageNet.Value.Explain(TrainedModels.Source(0), "unicorn")).Message);
        Assert.ThrowsExactly<ImageDecodingException>(() => ImageNet.Value.Explain(ImageSource.FromBytes(new byte[100])));
        ImageClassifier disposed = ImageClassifier.ForImageNet(new() { InputSize = 96 });
        disposed.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => disposed.Explain(TrainedModels.Source(0)));
    }

    [TestMethod]
    public void DrawOverlay_IsUprightAndNoLargerThanWanted()
    {
        byte[] lying = TestImages.WithOrientation(TestImages.Jpeg(400, 200, (x, y) => TestImages.Quadrants(x, y, 400, 200)), orientation: 6);
        ImageExplanation explanation = ImageNet.Value.Explain(ImageSource.FromBytes(lying));

        Assert.AreEqual((200, 400), SizeOf(explanation.DrawOverlay()));
        Assert.AreEqual((150, 300), SizeOf(explanation.DrawOverlay(new() { MaxSize = 300 })));
    }

    [TestMethod]
    public void DrawOverlay_DarkensWhatTheNetworkDoesNotSee()
    {
        ImageExplanation explanation = ImageNet.Value.Explain(ImageSource.FromBytes(TestImages.Png(400, 200, (_, _) => SKColors.White)));

        using SKBitmap overlay = SKBitmap.Decode(explanation.DrawOverlay(new() { Opacity = 0, JpegQuality = null }));

        Assert.AreEqual(SKColors.White, overlay.GetPixel(200, 100));
        Assert.AreEqual(new SKColor(89, 89, 89), overlay.GetPixel(100, 100));
        Assert.AreEqual(new SKColor(89, 89, 89), overlay.GetPixel(200, 5));
    }

    [TestMethod]
    public void DrawOverlay_ColorsTheLargestValueMost()
    {
        ImageExplanation explanation = ImageNet.Value.Explain(ImageSource.FromBytes(TestImages.Png(224, 224, (x, y) => TestImages.Noise(x, y))));

        using SKBitmap plain = SKBitmap.Decode(explanation.DrawOverlay(new() { Opacity = 0, JpegQuality = null }));
        using SKBitmap colored = SKBitmap.Decode(explanation.DrawOverlay(new() { Opacity = 1, JpegQuality = null }));

        // At full opacity the largest value has the last color of the map, and others keep some of the image.
        int changed = plain.Pixels.Zip(colored.Pixels).Count(pair => pair.First != pair.Second);
        Assert.IsGreaterThan(1000, changed);
        Assert.Contains(new SKColor(240, 250, 33), colored.Pixels);
    }

    [TestMethod]
    public void DrawOverlay_WithWrongOptions_ListsThem() => Assert.AreEqual(
        "The options are not valid: Opacity is 1.5; expected 0 to 1. MaxSize is 8; expected 32 to 4096. JpegQuality is 101; expected 1 to 100. (Parameter 'options')",
        Assert.ThrowsExactly<ArgumentException>(
            () => ImageNet.Value.Explain(TrainedModels.Source(0)).DrawOverlay(new() { Opacity = 1.5f, MaxSize = 8, JpegQuality = 101 })).Message);

    private static (int Width, int Height) SizeOf(byte[] image)
    {
        using SKBitmap bitmap = SKBitmap.Decode(image);
        return (bitmap.Width, bitmap.Height);
    }
}
