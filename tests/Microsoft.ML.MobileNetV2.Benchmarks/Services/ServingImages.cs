namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents images with what a model says about each.</summary>
internal sealed record ServingImages((byte[] Content, ClassScore Best)[] Images)
{
    internal static ServingImages Load(string model, string[] paths)
    {
        using ImageClassifier classifier = ImageClassifier.Load(model);
        return new([.. paths.Select(path => (File.ReadAllBytes(path), classifier.Predict(path).Best))]);
    }
}
