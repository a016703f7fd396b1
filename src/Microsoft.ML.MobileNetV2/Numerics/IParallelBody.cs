namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Is the body of a loop whose parts do not depend on each other.</summary>
internal interface IParallelBody
{
    void RunPart(int part);
}
