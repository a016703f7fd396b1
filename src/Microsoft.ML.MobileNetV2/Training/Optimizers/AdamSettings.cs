namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Is what <see cref="AdamOptions"/> and <see cref="AdamWOptions"/> have in common.</summary>
internal sealed record AdamSettings(double Beta1, double Beta2, double Epsilon, double WeightDecay, bool IsDecoupled);
