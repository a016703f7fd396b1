namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents the body of a loop whose parts do not depend on each other.</summary>
internal interface IParallelBody
{
    void RunPart(int part);
}
