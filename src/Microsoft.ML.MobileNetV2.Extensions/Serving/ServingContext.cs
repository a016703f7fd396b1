using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Telemetry;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Represents what all classifiers of a container share.</summary>
internal sealed record ServingContext(TimeProvider Time, FileWatches Watches, ServingInstruments Instruments, ILogger Logger);
