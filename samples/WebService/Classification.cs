using Microsoft.ML.MobileNetV2;

namespace WebService;

/// <summary>The answer: the classes with the highest scores, the highest first.</summary>
internal sealed record Classification(IReadOnlyList<ClassScore> Classes, bool IsUnknown);
