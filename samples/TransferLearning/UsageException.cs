namespace TransferLearning;

/// <summary>Is thrown when the user must change something; the message says what, in one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
