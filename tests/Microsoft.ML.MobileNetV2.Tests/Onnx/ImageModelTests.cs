using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Onnx;

/// <summary>A network with its classifier as an exported model, against the engine.</summary>
[TestClass]
public sealed class ImageModelTests
{
    private const double ScoreTolerance = 1e-4;

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop)]
    [DataRow(ImageResizeMode.Stretch)]
    [DataRow(ImageResizeMode.Pad)]
    public void Model_OnDrawnImages_GivesTheScoresOfTheEngine(ImageResizeMode resize) => AssertScoresOfTheEngine(
        new() { Weights = SyntheticNetwork.Create(0.35f, PaddingConvention.Same), InputSize = 65, Resize = resize }, GoldenImages.Committed());

    [TestMethod]
    [RequiresReferenceData]
    public void Model_OnPhotos_GivesTheScoresOfTheEngine()
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", "mobilenet_v2_1.0_224_imagenet.safetensors"));
        foreach (ImageResizeMode resize in Enum.GetValues<ImageResizeMode>())
        {
            AssertScoresOfTheEngine(new() { Weights = weights, Resize = resize }, GoldenImages.Photos());
        }
    }

    private static void AssertScoresOfTheEngine(MobileNetV2EngineOptions options, GoldenImages images)
    {
        options.Output = MobileNetV2Output.ClassScores;
        EngineSettings settings = EngineSettings.Create(options, options.Output);
        using MobileNetV2Engine engine = new(options);
        using PlainSession session = new(ImageModel.Create(settings.Network, settings.Preprocessing, hasProbability: false).ToByteArray());
        for (int index = 0; index < images.Count; index++)
        {
            RawImage raw = RawImage.Decode(images.Encoded(index));
            using MLImage image = raw.ToImage();
            float[] expected = engine.Run(ImageSource.FromImage(image));

            float[] actual = session.Run(raw);

            double largest = expected.Zip(actual, (left, right) => Math.Abs((double)left - right)).Max();
            Assert.IsLessThanOrEqualTo(ScoreTolerance, largest, $"image {index}, {options.Resize}");
        }
    }
}
