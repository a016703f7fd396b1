using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Explanation;

/// <summary>Computes class activation maps with a network whose output is the feature map. Safe to use from several threads.</summary>
/// <param name="settings">The network that classifies.</param>
/// <param name="owner">The name of the public type that the user disposes, for messages.</param>
internal sealed class ActivationMapper(EngineSettings settings, string owner) : IDisposable
{
    private readonly LazyImageEngine _engine = new(
        settings with { Network = settings.Network with { Output = MobileNetV2Output.FeatureMap, Head = null } }, owner);

    private readonly Lazy<DenseHead> _head = new(() => settings.Network.CreateHead() ?? throw new InvalidOperationException("The network has no classes."));

    /// <exception cref="ArgumentException">There is no class of the name.</exception>
    internal ImageExplanation Explain(ImageSource image, string? label)
    {
        int? wanted = label is null ? null : IndexOf(label);
        ImageInput input = new();
        input.Set(image);
        input.Load();
        float[] map = new float[_engine.Value.OutputCount];
        _engine.Value.Compute(input, map);
        float[] features = Pool(map);
        float[] scores = _head.Value.Predict(features);
        int index = wanted ?? TensorPrimitives.IndexOfMax<float>(scores);
        float[] logits = new float[scores.Length];
        _head.Value.GetLogits(features, logits);
        int side = settings.Network.Weights.Description.Architecture.GetFeatureMapSize(settings.Network.InputSize);
        return new(new(settings.Preprocessing, settings.Decoding, input), Combine(map, HeadGradient.OfLogit(_head.Value, features, index)))
        {
            Label = settings.Network.OutputNames[index],
            Score = scores[index],
            Logit = logits[index],
            Height = side,
            Width = side,
        };
    }

    public void Dispose() => _engine.Dispose();

    private float[] Pool(float[] map)
    {
        int positions = map.Length / _head.Value.InputCount;
        return [.. Enumerable.Range(0, _head.Value.InputCount).Select(feature => TensorPrimitives.Sum<float>(map.AsSpan(feature * positions, positions)) / positions)];
    }

    /// <summary>Returns Σ weight · plane over the features.</summary>
    private static float[] Combine(float[] map, float[] weights)
    {
        float[] sum = new float[map.Length / weights.Length];
        for (int feature = 0; feature < weights.Length; feature++)
        {
            TensorPrimitives.MultiplyAdd(map.AsSpan(feature * sum.Length, sum.Length), weights[feature], sum, sum);
        }

        return sum;
    }

    private int IndexOf(string label)
    {
        int index = settings.Network.OutputNames.ToList().IndexOf(label);
        return index >= 0 ? index : throw new ArgumentException(
            $"The model has no class '{label}'; it has {settings.Network.OutputNames.Count}: see {nameof(ImageClassifier)}.Classes.", nameof(label));
    }
}
