using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines what one training predicts: how labels become targets, and scores become columns.</summary>
internal abstract class PredictionTarget
{
    /// <summary>Gets the names of the scores; empty where there is only one.</summary>
    internal virtual IReadOnlyList<string> OutputNames => [];

    /// <summary>Gets the name of the column in which the network's output arrives.</summary>
    internal abstract string GetOutputColumnName(TrainerSettings settings);

    /// <summary>Returns the targets of rows.</summary>
    internal abstract HeadTargets CreateTargets(TrainingRows rows, string labelColumnName);

    /// <summary>Returns the head that a training run starts with, to continue from a trained model.</summary>
    /// <exception cref="InvalidOperationException">The model predicts something else.</exception>
    internal virtual DenseHead CreateStart(InitialModel initial) => initial.ToHead(OutputNames);

    /// <summary>Returns the trained layers as they stand in the model.</summary>
    internal virtual IReadOnlyList<DenseLayer> CreateLayers(DenseHead head) => head.Layers;

    /// <summary>Appends stock transformers that make the model's columns of the network's output.</summary>
    /// <param name="context">Makes them.</param>
    /// <param name="chain">Takes them.</param>
    /// <param name="settings">The trainer's settings.</param>
    /// <param name="decisionThreshold">The output above which the head means yes.</param>
    internal abstract void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold);
}
