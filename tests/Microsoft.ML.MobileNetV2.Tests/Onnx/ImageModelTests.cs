using System.Diagnostics;
using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Onnx;

/// <summary>Google's ImageNet classifier as an exported model, on photos.</summary>
[TestClass]
[RequiresReferenceData]
public sealed class ImageModelTests
{
    private const double ScoreTolerance = 1e-4;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop)]
    [DataRow(ImageResizeMode.Stretch)]
    [DataRow(ImageResizeMode.Pad)]
    public void Model_OnPhotos_GivesTheScoresOfTheEngine(ImageResizeMode resize)
    {
        MobileNetV2Weights weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", "mobilenet_v2_1.0_224_imagenet.safetensors"));
        MobileNetV2EngineOptions options = new() { Weights = weights, Resize = resize, Output = MobileNetV2Output.ClassScores };
        EngineSettings settings = EngineSettings.Create(options, options.Output);
        using MobileNetV2Engine engine = new(options);
        using PlainSession session = new(ImageModel.Create(settings.Network, settings.Preprocessing, hasProbability: false).ToByteArray());
        GoldenImages images = new();
        double largest = 0;
        Stopwatch watch = new();
        for (int index = 0; index < GoldenImages.Count; index++)
        {
            RawImage raw = RawImage.Decode(images.Encoded(index));
            using MLImage image = raw.ToImage();
            float[] expected = engine.Run(ImageSource.FromImage(image));

            watch.Start();
            float[] actual = session.Run(raw);
            watch.Stop();

            largest = Math.Max(largest, expected.Zip(actual, (left, right) => Math.Abs((double)left - right)).Max());
        }

        TestContext.WriteLine($"largest difference {largest:E1}, {watch.Elapsed.TotalMilliseconds / GoldenImages.Count:F1} ms an image");
        Assert.IsLessThanOrEqualTo(ScoreTolerance, largest);
    }
}
