namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Represents one step of the network's execution, whose input is the output of the step before it.</summary>
internal abstract record NetworkStep;
