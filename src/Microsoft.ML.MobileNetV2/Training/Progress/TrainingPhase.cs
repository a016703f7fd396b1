namespace Microsoft.ML.MobileNetV2;

/// <summary>Names what a training is doing.</summary>
public enum TrainingPhase
{
    /// <summary>Images pass through the backbone; the unit is an image.</summary>
    ComputingFeatures,

    /// <summary>Learning rates are tried out; the unit is a change of the weights.</summary>
    FindingLearningRate,

    /// <summary>The head is trained; the unit is a change of the weights.</summary>
    TrainingHead,
}
