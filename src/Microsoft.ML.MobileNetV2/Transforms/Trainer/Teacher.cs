using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a model whose scores another model learns.</summary>
internal sealed class Teacher : IDisposable
{
    private readonly ImageFeatures _features;
    private readonly DenseHead _head;

    private Teacher(InitialModel model, ImageFeatures features)
    {
        _features = features;
        _head = model.ToHead();
        ClassNames = model.Head.OutputNames;
    }

    internal IReadOnlyList<string> ClassNames { get; }

    /// <summary>Loads the teacher's network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">The settings of the trainer, whose runtime, threads, decoding limits and cache apply.</param>
    internal static Teacher Load(InitialModel model, TrainerSettings settings) => new(
        model,
        new(settings.Engine with { Network = model.Engine!.Network, Preprocessing = model.Engine.Preprocessing }, settings.Options.FeatureCache));

    /// <summary>Checks that a model can be a teacher.</summary>
    /// <exception cref="ArgumentException">It was trained for another task, or on features, or another step changes its scores.</exception>
    internal static InitialModel Require(InitialModel model)
    {
        bool isClassifier = model.Origin.Task == MulticlassTask.TaskName && model.LastActivation == HeadActivation.Softmax;
        if (!isClassifier || model.Engine is null)
        {
            throw new ArgumentException(
                $"Distillation.Teacher was trained for {model.Origin} {(model.Engine is null ? "on features" : "on images")}; expected a model of several classes with softmax, trained on images.",
                nameof(model));
        }

        return model.ChangeOfScores is null ? model : throw new ArgumentException(
            $"Distillation.Teacher is a pipeline that gives other scores than its network: {model.ChangeOfScores}. Hand over the trained model in it alone.", nameof(model));
    }

    /// <summary>Returns what computes the logits of the plain image and, behind them, of its augmented views.</summary>
    internal IImageComputation WithViews(ImageAugmentationOptions? augmentation, CancellationToken cancellationToken) =>
        new Computation(_features.WithViews(augmentation, cancellationToken), _head);

    public void Dispose() => _features.Dispose();

    private sealed class Computation(IImageComputation features, DenseHead head) : IImageComputation
    {
        public int OutputCount => features.OutputCount / head.InputCount * head.OutputCount;

        public void Compute(ImageInput input, Span<float> destination)
        {
            float[] values = new float[features.OutputCount];
            features.Compute(input, values);
            head.GetLogits(values, destination);
        }
    }
}
